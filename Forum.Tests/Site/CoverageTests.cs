using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Forum.Tests.Site;

/// <summary>The list of rules (docs/rules/coverage.md) names only what there is: each file, each class of tests, each test.</summary>
public sealed partial class CoverageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root, "docs", "rules", "coverage.md"));

    [Test]
    public void Every_file_and_test_that_it_names_exists()
    {
        var classes = typeof(CoverageTests).Assembly.GetTypes().Where(type => type.IsClass).ToLookup(type => type.Name);
        var missing = new List<string>();
        foreach (var name in Lines.SelectMany(line => Named().Matches(line)).Select(match => match.Groups["name"].Value).Distinct())
        {
            var parts = name.Split('.');
            var exists = name.Contains('/', StringComparison.Ordinal) ? File.Exists(Path.Combine(Root, name)) || Directory.Exists(Path.Combine(Root, name))
                : !parts[0].EndsWith("Tests", StringComparison.Ordinal) || classes[parts[0]].Any(type => parts.Length == 1 || type.GetMethod(parts[1]) is not null);
            if (!exists)
                missing.Add(name);
        }

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_row_has_a_place_and_a_test_or_a_reason()
    {
        var bare = Lines
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| rule |", StringComparison.Ordinal))
            .Where(line => line.Split('|') is var cells && (cells.Length != 5 || cells[3].Trim().Length == 0 || cells[2].Trim().Length == 0))
            .ToList();

        Assert.That(bare, Is.Empty);
        Assert.That(Lines.Count(line => line.StartsWith("| ", StringComparison.Ordinal)), Is.GreaterThan(200));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
