namespace Forum.Tests;
