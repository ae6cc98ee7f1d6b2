using Forum.Core.Settings;
using Forum.Core.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Forum.Web.Accounts;

/// <summary>The wiring of accounts: Identity's managers over Core, sessions, keys.</summary>
public static class AccountsModule
{
    // What OWASP asks of PBKDF2 with SHA-512 (2023).
    const int Iterations = 210_000;

    static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(30);

    /// <summary>Adds what signs people in. The command line uses it too: it makes accounts and passwords.</summary>
    public static IServiceCollection AddForumAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>().AddSignInManager().AddUserStore<AccountStore>();
        // Core is the only voice: it says what a name and a password may be.
        services.RemoveAll<IUserValidator<Account>>();
        services.RemoveAll<IPasswordValidator<Account>>();
        services.AddScoped<ILookupNormalizer, SignInKeys>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, SessionPrincipals>();
        services.AddScoped<IHashPasswords, PasswordHashes>();
        services.AddScoped<Sessions>();
        services.AddScoped<FirstAdministratorLink>();
        services.AddScoped<SampleSignIns>();
        services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = Iterations);
        services.AddSingleton<IConfigureOptions<IdentityOptions>>(provider => new ConfigureOptions<IdentityOptions>(identity =>
        {
            var settings = provider.GetRequiredService<SettingsStore>().Current;
            identity.Lockout.MaxFailedAccessAttempts = settings.Limits.FailedSignIns;
            identity.Lockout.DefaultLockoutTimeSpan = settings.Windows.Lockout;
        }));

        services.AddHttpContextAccessor();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = "forum.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = SessionLifetime;
            cookie.SlidingExpiration = true;
        });

        // Data protection warns that its keys are not encrypted: they lie beside the password hashes, in a file that is guarded as a whole.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection().SetApplicationName("Forum");
        services.AddSingleton<IXmlRepository, ProtectionKeyRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
        return services;
    }

    /// <summary>Makes known who is asking. After authentication, before whatever depends on it (language, pages).</summary>
    public static IApplicationBuilder UseCurrentUser(this IApplicationBuilder app) => app.UseMiddleware<RecogniseVisitor>();
}
