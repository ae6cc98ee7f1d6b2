namespace Forum.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("forum-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
