using Forum.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Forum.Tests.Support;

/// <summary>The site's hashes with few rounds: a test has no secret to keep.</summary>
internal sealed class QuickHashes : IHashPasswords
{
    private readonly PasswordHasher<Account> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    public string Hash(string password) => hasher.HashPassword(new Account(), password);
}
