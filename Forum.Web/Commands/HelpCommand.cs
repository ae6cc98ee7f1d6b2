using System.CommandLine;

namespace Forum.Web.Commands;

/// <summary><c>help [command]</c>: lists what there is.</summary>
sealed class HelpCommand : Command
{
    public HelpCommand(RootCommand root) : base("help", "Lists the commands, or says what one of them takes.")
    {
        var about = new Argument<string[]>("command") { Arity = ArgumentArity.ZeroOrMore, Description = "The command to explain." };
        Add(about);
        SetAction(parse => root.Parse([.. parse.GetValue(about) ?? [], "--help"]).Invoke(parse.InvocationConfiguration));
    }
}
