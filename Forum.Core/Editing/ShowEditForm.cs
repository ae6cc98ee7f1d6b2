using Forum.Core.Closing;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Suggestions;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Editing;

/// <summary>A post's text as it is now, to be edited, and why the one who asks may not. Strangers see it where they may suggest edits.</summary>
/// <param name="PostId">Which post.</param>
/// <param name="Basis">Of a form that is shown again: <see cref="EditingRules.Basis"/> of the text it began from…</param>
/// <param name="Began">…and that text's revision.</param>
/// <exception cref="NotFoundException">There is no such post, or it is deleted and not the reader's to see.</exception>
public sealed record ShowEditForm(long PostId, string? Basis = null, int Began = 0) : IRequest<ShowEditForm.View>
{
    /// <param name="Post">What is edited.</param>
    /// <param name="Title">Of a question.</param>
    /// <param name="Body">Its source.</param>
    /// <param name="Tags">Of a question.</param>
    /// <param name="Basis">What an <see cref="EditPost"/> that begins from this text says.</param>
    /// <param name="Revision">The number of the revision that the text is.</param>
    /// <param name="WhyNot">Why it may not be edited, or null.</param>
    /// <param name="WhyNotSuggest">Why no edit may be suggested by who may not edit, or null.</param>
    /// <param name="Waiting">The suggested edit that waits for the post, or null.</param>
    public sealed record View(PostFacts Post, string Title, string Body, string Tags, string Basis, int Revision, Refusal? WhyNot, Refusal? WhyNotSuggest, long? Waiting)
    {
        /// <summary>What somebody else made of the text since the form was shown; null when it is as it was.</summary>
        public Meanwhile? Meanwhile { get; init; }

        /// <summary>Whether the reader may say that their edit mends their closed question, and ask for it to be reopened.</summary>
        public bool MayAskReopening { get; init; }

        public string Slug => Questions.Slug.Of(Post.Title);
    }

    /// <summary>An edit that was faster.</summary>
    public sealed record Meanwhile
    {
        public string? EditorName { get; init; }
        public DateTimeOffset At { get; init; }

        /// <summary>The text from which both began; null when it is no longer known, because its own author changed it within minutes.</summary>
        public Text? Before { get; init; }
    }

    /// <summary>A text as a revision left it.</summary>
    public sealed record Text(string Title, string Body, string Tags);

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowEditForm, View>
    {
        public async Task<View> Handle(ShowEditForm show, CancellationToken token)
        {
            if (!user.IsSignedIn && !settings.Limits.AnonymousSuggestions)
                Refusals.SignIn.Throw();

            var post = await db.VisiblePost(show.PostId, user, settings, token);
            var text = await db.TextOf(post.Id, token);
            var me = user.IsSignedIn ? await db.Me(user, token) : Strangers.Anybody;
            var whyNot = user.IsSignedIn ? EditingRules.WhyNotEdit(me, post, settings) : Refusals.SignIn;
            var waiting = await db.Find<long?>("select id from suggested_edits where post_id = @Id and outcome is null", new { post.Id }, token);
            var now = clock.GetUtcNow();
            var whyNotSuggest = whyNot is null
                ? null
                : SuggestionRules.WhyNotSuggest(me, post, await db.SuggestionFacts(me.Id, post.Id, settings, now, token), settings, now);
            return new View(post, text.Title ?? "", text.Body, text.Tags, text.Basis, text.RevisionCount, whyNot, whyNotSuggest, waiting)
            {
                MayAskReopening = post is { IsQuestion: true, ClosedAt: not null, IsGone: false } && post.AuthorId == me.Id && whyNot is null && !await db.HasAsked(post, token),
                Meanwhile = show.Basis is null || show.Basis == text.Basis ? null : await Faster(show, text.RevisionCount, token),
            };
        }

        private async Task<Meanwhile> Faster(ShowEditForm show, int newest, CancellationToken token)
        {
            var edit = await db.Get<Meanwhile>(
                """
                select coalesce(u.name, r.author_name) as EditorName, r.created_at as At
                from revisions r
                left join users u on u.id = r.author_id
                where r.post_id = @PostId and r.number = @newest
                """, new { show.PostId, newest }, token);
            if (show.Began < 1 || show.Began > newest)
                return edit;

            // Edits that join a revision change what it says: then the text that both began from is lost.
            var before = await db.TextAt(show.PostId, show.Began, token);
            return EditingRules.Basis(before.Title, before.Body, before.Tags ?? "") == show.Basis
                ? edit with { Before = new Text(before.Title ?? "", before.Body, before.Tags ?? "") }
                : edit;
        }
    }
}
