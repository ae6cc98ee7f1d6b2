using Forum.Core.Badges;
using Forum.Core.Settings;
using Forum.Web.Languages;

namespace Forum.Web.Pages.Badges;

/// <summary>What pages say of badges.</summary>
static class BadgeWords
{
    /// <summary>The word for a class in names of styles and in the keys of texts.</summary>
    public static string Word(BadgeClass of) => of switch
    {
        BadgeClass.Gold => "gold",
        BadgeClass.Silver => "silver",
        _ => "bronze",
    };

    /// <summary>What stands in the places of a badge's criterion.</summary>
    public static object[] Numbers(Words words, Badge badge, ForumSettings settings) => [.. badge.Numbers(settings).Select(number => words.Number(number))];
}
