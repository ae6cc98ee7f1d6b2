namespace Forum.Data.Sqlite;

/// <summary>
/// Held by the process that serves a database, or that must have it alone (import, restore). The operating system
/// lets go of it when the process ends, however it ends.
/// </summary>
public sealed class ServerLock : IDisposable
{
    private readonly FileStream file;

    private ServerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or null when another process has it.</summary>
    public static ServerLock? Take(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        try
        {
            return new ServerLock(new FileStream(database.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
