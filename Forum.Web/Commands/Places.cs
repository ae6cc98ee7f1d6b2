using System.CommandLine;

namespace Forum.Web.Commands;

/// <summary>Where the program's files are, and which database was chosen.</summary>
static class Places
{
    /// <summary>Where appsettings.json and wwwroot are: the project when it was built there, else beside the executable. Not where the shell happens to be.</summary>
    public static string ContentRoot { get; } = Project(AppContext.BaseDirectory) ?? AppContext.BaseDirectory;

    /// <summary>Puts <c>--database</c> over what the configuration says.</summary>
    public static void Choose(IConfigurationManager configuration, ParseResult parse)
    {
        if (parse.GetValue(CommandLine.Database) is { Length: > 0 } chosen)
            configuration.AddInMemoryCollection([new("ConnectionStrings:Forum", chosen.Contains('=', StringComparison.Ordinal) ? chosen : Path.GetFullPath(chosen))]);
    }

    static string? Project(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Forum.Web.csproj")))
                return folder.FullName;
        }

        return null;
    }
}
