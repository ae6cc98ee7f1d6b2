namespace Forum.Bench.Site;

/// <summary>Where this program's own repository is, and what was built there.</summary>
static class Repository
{
    /// <summary>The folder with Forum.sln.</summary>
    public static string Folder { get; } = Find(AppContext.BaseDirectory) ?? throw new WrongUseException("The bench runs inside its repository: Forum.sln was not found above it.");

    /// <summary>The site's program, built with the bench.</summary>
    public static string Server { get; } = Path.Combine(Folder, "Forum.Web", "bin", "Release", "net10.0", "Forum.Web.dll");

    static string? Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Forum.sln")))
                return folder.FullName;
        }

        return null;
    }
}
