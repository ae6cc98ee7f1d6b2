namespace Forum.Core.Settings;

/// <summary>Spans of time (docs/rules/limits.md).</summary>
public sealed record WindowSettings
{
    /// <summary>A vote can be changed this long; afterwards only when the post was edited after it.</summary>
    public TimeSpan VoteChange { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan CommentEdit { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan BetweenCommentEdits { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>Further edits by the same person join the same revision.</summary>
    public TimeSpan EditGrace { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Rejections of so long ago count against somebody who suggests edits, and keep them from it for so long.</summary>
    public TimeSpan SuggestionBan { get; init; } = TimeSpan.FromDays(7);
    /// <summary>How old a post is before those may suggest edits of it who are not signed in.</summary>
    public TimeSpan AnonymousSuggestion { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan AcceptAfter { get; init; } = TimeSpan.FromMinutes(15);
    public TimeSpan AcceptOwnAfter { get; init; } = TimeSpan.FromHours(48);
    public TimeSpan BetweenQuestions { get; init; } = TimeSpan.FromMinutes(40);
    public TimeSpan BetweenAnswers { get; init; } = TimeSpan.FromMinutes(3);
    /// <summary>The same answer to another question is refused this long.</summary>
    public TimeSpan SameAnswer { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>How old the boards of leaders become before they are counted anew.</summary>
    public TimeSpan Leaders { get; init; } = TimeSpan.FromHours(1);
    /// <summary>How long a form's key is remembered.</summary>
    public TimeSpan FormKey { get; init; } = TimeSpan.FromDays(2);
    /// <summary>A visitor's repeated views of a question count once within this.</summary>
    public TimeSpan View { get; init; } = TimeSpan.FromMinutes(15);
}
