using System.CommandLine;
using System.Globalization;
using Forum.Core.Questions;
using Forum.Core.Users;

namespace Forum.Web.Commands;

/// <summary><c>user create|role|password</c>. They may run beside a server.</summary>
sealed class UserCommand : Command
{
    public UserCommand() : base("user", "Makes users, gives them roles and passwords.")
    {
        Add(Create());
        Add(Role());
        Add(Password());
    }

    static Command Create()
    {
        var name = new Option<string>("--name") { Description = "What others see.", Required = true };
        var signIn = new Option<string?>("--sign-in") { Description = "What the user signs in with; made from the name when left out." };
        var email = new Option<string>("--email") { Description = "The user's address, to sign in with too.", Required = true };
        var password = PasswordOption();
        var admin = new Option<bool>("--admin") { Description = "Makes the user an administrator." };
        var moderator = new Option<bool>("--moderator") { Description = "Makes the user a moderator." };
        var create = new Command("create", "Makes a user.") { name, signIn, email, password, admin, moderator };
        create.SetAction(async (parse, token) =>
        {
            await using var forum = await Operator.Open(parse);
            var shown = parse.GetRequiredValue(name);
            var signInName = parse.GetValue(signIn) ?? (AccountRules.IsSignInName(shown) ? shown : Slug.Of(shown));
            var id = await forum.Send(new RegisterAccount(signInName, shown, parse.GetRequiredValue(email), await Given(parse, password)), token);
            if (parse.GetValue(admin) || parse.GetValue(moderator))
                await forum.Send(new ChangeRole(id, parse.GetValue(moderator), parse.GetValue(admin)), token);

            await parse.InvocationConfiguration.Output.WriteLineAsync($"User {id} signs in as {signInName}.");
            return CommandLine.Fine;
        });
        return create;
    }

    static Command Role()
    {
        var who = Who();
        var admin = new Option<bool>("--admin") { Description = "Makes the user an administrator." };
        var moderator = new Option<bool>("--moderator") { Description = "Makes the user a moderator." };
        var member = new Option<bool>("--member") { Description = "Takes every role from the user." };
        var role = new Command("role", "Gives a user a role, in place of those they have.") { who, admin, moderator, member };
        role.Validators.Add(given =>
        {
            var roles = given.GetValue(admin) || given.GetValue(moderator);
            if (roles == given.GetValue(member))
                given.AddError("Say --admin, --moderator or both; or --member.");
        });
        role.SetAction(async (parse, token) =>
        {
            await using var forum = await Operator.OpenExisting(parse);
            var account = await Find(forum, parse.GetRequiredValue(who), token);
            await forum.Send(new ChangeRole(account.UserId, parse.GetValue(moderator), parse.GetValue(admin)), token);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"User {account.UserId} ({account.SignInName}) has the role now.");
            return CommandLine.Fine;
        });
        return role;
    }

    static Command Password()
    {
        var who = Who();
        var password = PasswordOption();
        var set = new Command("password", "Gives a user a new password and ends their sessions.") { who, password };
        set.SetAction(async (parse, token) =>
        {
            await using var forum = await Operator.OpenExisting(parse);
            var account = await Find(forum, parse.GetRequiredValue(who), token);
            await forum.Send(new SetPassword(account.UserId, await Given(parse, password)), token);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"User {account.UserId} ({account.SignInName}) has the new password.");
            return CommandLine.Fine;
        });
        return set;
    }

    static Argument<string> Who() => new("user") { Description = "Sign-in name, address or id." };

    static Option<string?> PasswordOption() => new("--password") { Description = "The password; asked for, or read from the input, when left out." };

    static async Task<Account> Find(Operator forum, string who, CancellationToken token) =>
        await forum.Send(new FindAccount(null, AccountKeys.Of(who)), token)
        ?? (long.TryParse(who, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await forum.Send(new FindAccount(id, null), token) : null)
        ?? throw new WrongUseException($"Nobody signs in as {who}.");

    // An option is seen by everybody who lists processes; the input is not.
    static async Task<string> Given(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is { } given)
            return given;
        if (Console.IsInputRedirected)
            return await Console.In.ReadLineAsync() ?? "";

        await parse.InvocationConfiguration.Error.WriteAsync("Password: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        await parse.InvocationConfiguration.Error.WriteLineAsync();
        return typed.ToString();
    }
}
