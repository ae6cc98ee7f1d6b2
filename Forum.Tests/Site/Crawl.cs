using AngleSharp.Dom;

namespace Forum.Tests.Site;

/// <summary>
/// Finds text on a page in the pseudo-language that no translator would ever see: every looked-up text stands in ⟦…⟧, and what
/// people wrote stands in an element with <c>dir="auto"</c>. Whatever has letters or digits outside both is a finding.
/// </summary>
public static class Crawl
{
    private static readonly string[] SpokenAttributes = ["title", "aria-label", "placeholder", "alt", "aria-description", "data-text"];

    /// <summary>The findings, each with where it is.</summary>
    public static IReadOnlyList<string> Untranslated(IDocument page)
    {
        var findings = new List<string>();
        var depth = 0;
        Walk(page.DocumentElement, findings, ref depth);
        if (depth != 0)
            findings.Add("⟦ and ⟧ do not match");
        return findings;
    }

    private static void Walk(INode node, List<string> findings, ref int depth)
    {
        switch (node)
        {
            case IText text:
                Look(text.Data, Where(text.ParentElement), findings, ref depth);
                return;
            case IElement element:
                if (element.LocalName is "script" or "style" or "svg" or "template")
                    return;
                LookAtAttributes(element, findings);
                if (IsWrittenByPeople(element))
                    return;
                break;
        }

        foreach (var child in node.ChildNodes)
            Walk(child, findings, ref depth);
    }

    private static void LookAtAttributes(IElement element, List<string> findings)
    {
        if (element.Closest("[dir=auto]") is { } people && people != element)
            return;
        foreach (var name in SpokenAttributes)
            LookAt(element, name, findings);
        if (element is { LocalName: "input" } && element.GetAttribute("type") is "submit" or "button" or "reset")
            LookAt(element, "value", findings);
    }

    private static void LookAt(IElement element, string name, List<string> findings)
    {
        if (element.GetAttribute(name) is not { Length: > 0 } value)
            return;
        var depth = 0;
        Look(value, $"{Where(element)}[{name}]", findings, ref depth);
    }

    private static void Look(string text, string where, List<string> findings, ref int depth)
    {
        foreach (var letter in text)
        {
            if (letter == '⟦')
                depth++;
            else if (letter == '⟧')
                depth--;
            else if (depth == 0 && char.IsLetterOrDigit(letter))
            {
                findings.Add($"{where}: {text.Trim()}");
                return;
            }
        }
    }

    private static bool IsWrittenByPeople(IElement element) => element.GetAttribute("dir") == "auto";

    private static string Where(IElement? element) =>
        element is null ? "" : $"<{element.LocalName}{(element.Id is { Length: > 0 } id ? "#" + id : "")}{(element.ClassName is { Length: > 0 } classes ? "." + classes.Replace(' ', '.') : "")}>";
}
