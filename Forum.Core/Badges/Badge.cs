using System.Collections.Frozen;
using Forum.Core.Questions;
using Forum.Core.Settings;

namespace Forum.Core.Badges;

/// <summary>How much a badge is worth; the numbers are those of <c>badges.class</c> and of a dump.</summary>
public enum BadgeClass
{
    Gold = 1,
    Silver = 2,
    Bronze = 3,
}

/// <summary>What kind of act a badge is for; lists are divided by it.</summary>
public enum BadgeGroup
{
    Questions,
    Answers,
    Participation,
    Moderation,
}

/// <summary>
/// A badge that can be earned here: what it is called, what for, and from which number on. Evaluation, the pages and
/// docs/rules/badges.md go by this one list; a badge for a feat that is known (<see cref="Feat"/>) is a line.
/// </summary>
/// <param name="Name">Its English name, as in a dump: a badge that an import brought is the same one.</param>
/// <param name="Class">Gold, silver or bronze.</param>
/// <param name="Group">What kind of act it is for.</param>
/// <param name="Feat">What has to be done, and how that is found.</param>
/// <param name="Defaults">How much of it: the number to reach, and the feat's further numbers.</param>
public sealed record Badge(string Name, BadgeClass Class, BadgeGroup Group, Feat Feat, params int[] Defaults)
{
    /// <summary>All of them, in the order of docs/rules/badges.md.</summary>
    public static readonly IReadOnlyList<Badge> All =
    [
        new("Student", BadgeClass.Bronze, BadgeGroup.Questions, Feat.FirstGoodQuestion, 1),
        new("Scholar", BadgeClass.Bronze, BadgeGroup.Questions, Feat.AcceptedAnAnswer, 1),
        new("Nice Question", BadgeClass.Bronze, BadgeGroup.Questions, Feat.QuestionScore, 10),
        new("Good Question", BadgeClass.Silver, BadgeGroup.Questions, Feat.QuestionScore, 25),
        new("Great Question", BadgeClass.Gold, BadgeGroup.Questions, Feat.QuestionScore, 100),
        new("Popular Question", BadgeClass.Bronze, BadgeGroup.Questions, Feat.QuestionViews, 1_000),
        new("Notable Question", BadgeClass.Silver, BadgeGroup.Questions, Feat.QuestionViews, 2_500),
        new("Famous Question", BadgeClass.Gold, BadgeGroup.Questions, Feat.QuestionViews, 10_000),
        new("Favorite Question", BadgeClass.Silver, BadgeGroup.Questions, Feat.QuestionSaves, 25),
        new("Stellar Question", BadgeClass.Gold, BadgeGroup.Questions, Feat.QuestionSaves, 100),
        new("Curious", BadgeClass.Bronze, BadgeGroup.Questions, Feat.DaysOfGoodQuestions, 5),
        new("Inquisitive", BadgeClass.Silver, BadgeGroup.Questions, Feat.DaysOfGoodQuestions, 30),
        new("Socratic", BadgeClass.Gold, BadgeGroup.Questions, Feat.DaysOfGoodQuestions, 100),
        new("Promoter", BadgeClass.Bronze, BadgeGroup.Questions, Feat.OwnBountyOffered, 1),
        new("Investor", BadgeClass.Bronze, BadgeGroup.Questions, Feat.OthersBountyOffered, 1),
        new("Benefactor", BadgeClass.Bronze, BadgeGroup.Questions, Feat.OwnBountyAwarded, 1),
        new("Altruist", BadgeClass.Bronze, BadgeGroup.Questions, Feat.OthersBountyAwarded, 1),

        new("Teacher", BadgeClass.Bronze, BadgeGroup.Answers, Feat.FirstGoodAnswer, 1),
        new("Nice Answer", BadgeClass.Bronze, BadgeGroup.Answers, Feat.AnswerScore, 10),
        new("Good Answer", BadgeClass.Silver, BadgeGroup.Answers, Feat.AnswerScore, 25),
        new("Great Answer", BadgeClass.Gold, BadgeGroup.Answers, Feat.AnswerScore, 100),
        new("Self-Learner", BadgeClass.Bronze, BadgeGroup.Answers, Feat.OwnQuestionAnswered, 3),
        new("Explainer", BadgeClass.Bronze, BadgeGroup.Answers, Feat.EditedAndAnswered, 1, 12),
        new("Refiner", BadgeClass.Silver, BadgeGroup.Answers, Feat.EditedAndAnswered, 50, 12),
        new("Illuminator", BadgeClass.Gold, BadgeGroup.Answers, Feat.EditedAndAnswered, 500, 12),
        new("Enlightened", BadgeClass.Silver, BadgeGroup.Answers, Feat.FirstAndAccepted, 10),
        new("Guru", BadgeClass.Silver, BadgeGroup.Answers, Feat.AcceptedScore, 40),
        new("Populist", BadgeClass.Gold, BadgeGroup.Answers, Feat.BetterThanAccepted, 11, 2),
        new("Revival", BadgeClass.Bronze, BadgeGroup.Answers, Feat.FirstAnswerLate, 2, 30),
        new("Necromancer", BadgeClass.Silver, BadgeGroup.Answers, Feat.AnswerLate, 5, 60),
        new("Lifejacket", BadgeClass.Silver, BadgeGroup.Answers, Feat.QuestionRescued, 5, 2, 2),
        new("Lifeboat", BadgeClass.Gold, BadgeGroup.Answers, Feat.QuestionRescued, 20, 3, 3),
        new("Tenacious", BadgeClass.Silver, BadgeGroup.Answers, Feat.AcceptedAtZero, 6, 20),
        new("Unsung Hero", BadgeClass.Gold, BadgeGroup.Answers, Feat.AcceptedAtZero, 11, 25),
        new("Generalist", BadgeClass.Silver, BadgeGroup.Answers, Feat.GoodInManyTags, 20, 15, 40),

        new("Autobiographer", BadgeClass.Bronze, BadgeGroup.Participation, Feat.AboutWritten, 1),
        new("Commentator", BadgeClass.Bronze, BadgeGroup.Participation, Feat.Comments, 10),
        new("Pundit", BadgeClass.Silver, BadgeGroup.Participation, Feat.GoodComments, 10, 5),
        new("Enthusiast", BadgeClass.Silver, BadgeGroup.Participation, Feat.DaysInARow, 30),
        new("Fanatic", BadgeClass.Gold, BadgeGroup.Participation, Feat.DaysInARow, 100),
        new("Mortarboard", BadgeClass.Bronze, BadgeGroup.Participation, Feat.DaysOfReputation, 1, 200),
        new("Epic", BadgeClass.Silver, BadgeGroup.Participation, Feat.DaysOfReputation, 50, 200),
        new("Legendary", BadgeClass.Gold, BadgeGroup.Participation, Feat.DaysOfReputation, 150, 200),
        new("Yearling", BadgeClass.Silver, BadgeGroup.Participation, Feat.YearOfReputation, 200),

        new("Supporter", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.UpVotes, 1),
        new("Critic", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.DownVotes, 1),
        new("Suffrage", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.VotesInADay, 30),
        new("Vox Populi", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.VotesInADay, 40),
        new("Civic Duty", BadgeClass.Silver, BadgeGroup.Moderation, Feat.Votes, 300),
        new("Electorate", BadgeClass.Gold, BadgeGroup.Moderation, Feat.QuestionVotes, 600, 25),
        new("Sportsmanship", BadgeClass.Silver, BadgeGroup.Moderation, Feat.RivalsUpVoted, 100),
        new("Editor", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.Edits, 1),
        new("Strunk & White", BadgeClass.Silver, BadgeGroup.Moderation, Feat.OthersPostsEdited, 80),
        new("Copy Editor", BadgeClass.Gold, BadgeGroup.Moderation, Feat.OthersPostsEdited, 500),
        new("Organizer", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.OthersQuestionsRetagged, 1),
        new("Cleanup", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.RolledBack, 1),
        new("Excavator", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.OldPostsEdited, 1, 6),
        new("Archaeologist", BadgeClass.Silver, BadgeGroup.Moderation, Feat.OldPostsEdited, 100, 6),
        new("Proofreader", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.SuggestionsReviewed, 100),
        new("Custodian", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.ReviewsInAQueue, 1),
        new("Reviewer", BadgeClass.Silver, BadgeGroup.Moderation, Feat.ReviewsInAQueue, 250),
        new("Steward", BadgeClass.Gold, BadgeGroup.Moderation, Feat.ReviewsInAQueue, 1_000),
        new("Citizen Patrol", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.PostsFlagged, 1),
        new("Deputy", BadgeClass.Silver, BadgeGroup.Moderation, Feat.HelpfulFlags, 80),
        new("Marshal", BadgeClass.Gold, BadgeGroup.Moderation, Feat.HelpfulFlagsOfMembers, 500),
        new("Disciplined", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.OwnGoodPostDeleted, 3),
        new("Peer Pressure", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.OwnBadPostDeleted, 3),
        new("Synonymizer", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.SynonymsApproved, 1),
        new("Tag Editor", BadgeClass.Bronze, BadgeGroup.Moderation, Feat.TagsDescribed, 1),
        new("Research Assistant", BadgeClass.Silver, BadgeGroup.Moderation, Feat.TagsDescribed, 50),
        new("Taxonomist", BadgeClass.Silver, BadgeGroup.Moderation, Feat.TagCreated, 50),
    ];

    private static readonly FrozenDictionary<string, Badge> ByName = All.ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);

    /// <summary>Stable, and the readable end of its address: <c>nice-question</c>.</summary>
    public string Key { get; } = Slug.Of(Name);

    /// <summary>The sentence key of its name in the reader's language.</summary>
    public string TitleKey => $"badges.{Key}";

    /// <summary>The sentence key of what earns it; its places take <see cref="Numbers"/>.</summary>
    public string WhatKey => $"badges.{Key}.what";

    /// <summary>The badge of an English name, or null when there is none that can be earned here.</summary>
    public static Badge? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Its numbers in force: the operator's, else <see cref="Defaults"/>.</summary>
    public IReadOnlyList<int> Numbers(ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Badges.Numbers.TryGetValue(Key, out var own) ? [.. own.Take(Defaults.Length), .. Defaults.Skip(own.Length)] : Defaults;
    }

    /// <summary>The number to reach.</summary>
    public int Goal(ForumSettings settings) => Numbers(settings)[0];
}
