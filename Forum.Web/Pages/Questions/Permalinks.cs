using Forum.Core;
using Forum.Core.Questions;
using Forum.Core.Tags;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Pages.Questions;

/// <summary>Short addresses, and fragments for those who are writing.</summary>
internal static class Permalinks
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/q/{id}</c> and <c>/a/{id}</c>, also with the number of who shared them, as Stack Overflow has it.</summary>
    public static IEndpointRouteBuilder MapPermalinks(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/q/{id:long}/{sharer:long?}", Methods, Redirect);
        routes.MapMethods("/a/{id:long}/{sharer:long?}", Methods, Redirect);
        return routes;
    }

    private static async Task<Results<RedirectHttpResult, StatusCodeHttpResult>> Redirect(long id, HttpContext context, ISender forum, CancellationToken token)
    {
        try
        {
            var post = await forum.Send(new FindPost(id), token);
            return TypedResults.LocalRedirect(Address(post));
        }
        catch (NotFoundException e)
        {
            if (e.Why is { } why)
                Errors.ErrorModel.Because(context, StatusCodes.Status410Gone, why);
            return TypedResults.StatusCode(e.WasDeleted ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound);
        }
    }

    /// <summary>The address a post is shown at.</summary>
    public static string Address(FindPost.View post)
    {
        if (post.Tag is { } tag)
            return $"/tags/{Uri.EscapeDataString(tag)}/info";

        var path = new PathString($"/questions/{post.QuestionId}" + (post.Slug.Length > 0 ? "/" + post.Slug : "")).ToUriComponent();
        return post.AnswerId is { } answer
            ? $"{path}{(post.Page > 1 ? $"?page={post.Page}" : "")}#answer-{answer}"
            : path;
    }
}
