namespace Forum.Bench.Site;

/// <summary>A file that is gone with its use.</summary>
sealed class TemporaryFile : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <inheritdoc />
    public void Dispose() => File.Delete(Path);
}
