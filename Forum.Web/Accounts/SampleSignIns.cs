using Forum.Core.Users;
using MediatR;

namespace Forum.Web.Accounts;

/// <summary>Who can sign in to the sample community, for the console and the sign-in page; in Development only.</summary>
public sealed class SampleSignIns(ISender forum, IHostEnvironment environment)
{
    /// <summary>Sign-in names and the password they share.</summary>
    public sealed record View(IReadOnlyList<string> Names, string Password);

    /// <summary>None outside Development, and none without a sample.</summary>
    public async Task<View> List(CancellationToken token) =>
        new(environment.IsDevelopment() ? await forum.Send(new ListSampleAccounts(), token) : [], ListSampleAccounts.Password);
}
