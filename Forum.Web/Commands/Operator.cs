using System.CommandLine;
using Forum.Core;
using Forum.Data;
using Forum.Web.Accounts;
using MediatR;

namespace Forum.Web.Commands;

/// <summary>
/// The one at the console: the forum without its pages, on the database the command was given. Requests run as the Community
/// user with every right; whoever holds the database file holds the site anyway.
/// </summary>
sealed class Operator : IAsyncDisposable
{
    readonly IHost host;

    Operator(IHost host) => this.host = host;

    /// <summary>What the forum is made of.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Opens the database, made and brought up to date if need be.</summary>
    public static async Task<Operator> Open(ParseResult parse)
    {
        var opened = new Operator(Build(parse));
        await OpenDatabase(opened.Services);
        return opened;
    }

    /// <summary>Brings the database to the schema of this program.</summary>
    /// <exception cref="WrongUseException">A newer program made it.</exception>
    public static async Task OpenDatabase(IServiceProvider services)
    {
        try
        {
            await Databases.Open(services);
        }
        catch (InvalidOperationException newer)
        {
            throw new WrongUseException(newer.Message);
        }
    }

    /// <summary>Opens a database that must be there already.</summary>
    /// <exception cref="WrongUseException">There is none.</exception>
    public static async Task<Operator> OpenExisting(ParseResult parse)
    {
        var opened = new Operator(Build(parse));
        var database = opened.Services.GetRequiredService<Database>();
        if (!database.Exists)
        {
            await opened.DisposeAsync();
            throw new WrongUseException($"There is no database at {database.Path}.");
        }

        await OpenDatabase(opened.Services);
        return opened;
    }

    /// <summary>Sends a request in a scope of its own.</summary>
    public async Task<T> Send<T>(IRequest<T> request, CancellationToken token)
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, token);
    }

    /// <inheritdoc cref="Send{T}"/>
    public async Task Send(IRequest request, CancellationToken token)
    {
        await using var scope = Scope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, token);
    }

    /// <summary>A scope in which the operator asks.</summary>
    public AsyncServiceScope Scope()
    {
        var scope = host.Services.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        (user.Id, user.IsModerator, user.IsAdministrator) = (-1, true, true);
        return scope;
    }

    // The host offers only the blocking way by its type.
    public ValueTask DisposeAsync() => ((IAsyncDisposable)host).DisposeAsync();

    static IHost Build(ParseResult parse)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Places.ContentRoot });
        Places.Choose(builder.Configuration, parse);
        // What a command finds goes to the output; what goes wrong beneath it, and that it waits for migrations, to the error stream.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddFilter(typeof(Schema).FullName, LogLevel.Information)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddForumData(Databases.Configured);
        builder.Services.AddForumCore();
        builder.Services.AddForumAccounts();
        return builder.Build();
    }
}
