namespace Forum.Tests.Support;

/// <summary>Dumps of real communities, which are no part of the repository but may lie beside it.</summary>
internal static class RealData
{
    /// <summary>The folder of a community's dump; the test is ignored where there is none.</summary>
    public static string Dump(string site)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Forum.sln")))
            folder = folder.Parent;
        var dump = folder?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", "data", site) : "";
        if (!Directory.Exists(dump))
            Assert.Ignore($"The dump of {site} is not beside the repository (../shared/data).");
        return dump;
    }
}
