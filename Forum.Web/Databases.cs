using Forum.Core.Settings;
using Forum.Data;

namespace Forum.Web;

/// <summary>Which database this process works on, and how it is made ready.</summary>
static class Databases
{
    /// <summary>The one that <c>ConnectionStrings:Forum</c> names, else <c>data/forum.db</c> beside the content root.</summary>
    public static Database Configured(IServiceProvider services)
    {
        var configured = services.GetRequiredService<IConfiguration>().GetConnectionString("Forum");
        return new(string.IsNullOrWhiteSpace(configured)
            ? Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, "data", "forum.db")
            : configured);
    }

    /// <summary>Brings it to the schema of this program and reads the settings it holds.</summary>
    public static async Task Open(IServiceProvider services)
    {
        Schema.Apply(services.GetRequiredService<Database>(), services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Schema)));
        await using var scope = services.CreateAsyncScope();
        await services.GetRequiredService<SettingsStore>().Load(scope.ServiceProvider.GetRequiredService<Db>(), CancellationToken.None);
    }
}
