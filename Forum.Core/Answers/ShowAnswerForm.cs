using Forum.Core.Abuse;
using Forum.Core.Editing;
using Forum.Core.Pipeline;
using Forum.Core.Questions;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;
using MediatR;

namespace Forum.Core.Answers;

/// <summary>The question that is being answered, and why the one who asks may not.</summary>
/// <exception cref="NotFoundException">There is no such question, or it is deleted and not the reader's to see.</exception>
[For(Who.SignedIn)]
public sealed record ShowAnswerForm(long QuestionId) : IRequest<ShowAnswerForm.View>
{
    /// <param name="Question">The question.</param>
    /// <param name="Html">What it says, as it is sent to the browser.</param>
    /// <param name="WhyNot">Why it takes no answer of this person, or null.</param>
    public sealed record View(PostFacts Question, string Html, Refusal? WhyNot)
    {
        /// <summary>Why no answer is taken of this person, whatever they answer; null when there is nothing of the kind.</summary>
        public Refusal? Ban { get; init; }

        public string Slug => Questions.Slug.Of(Question.Title);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings, TimeProvider clock) : IRequestHandler<ShowAnswerForm, View>
    {
        public async Task<View> Handle(ShowAnswerForm show, CancellationToken token)
        {
            var question = await db.VisiblePost(show.QuestionId, user, settings, token);
            if (!question.IsQuestion)
                throw new NotFoundException();

            var text = await db.TextOf(question.Id, token);
            var html = await db.Shown(text.Html, $"p{question.Id}-", settings, token);
            return new View(question, html, AnswerRules.WhyNotAnswer(await db.Me(user, token), question, settings))
            {
                Ban = await db.WritingBan(2, user, settings.Abuse, clock.GetUtcNow(), token),
            };
        }
    }
}
