using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Http;

/// <summary>
/// A form that somebody sent without being signed in, most often because the session had ended. Nothing that was typed is lost:
/// <list type="number">
/// <item><see cref="PostedForms"/> keeps the form with <see cref="Keeper.Keep"/>; <see cref="CarriedForms"/> answers with the sign-in page (401).</item>
/// <item>The sign-in page puts <c>&lt;partial name="_CarriedForm" /&gt;</c> inside its form (and into the one that leads to registering):
/// a hidden field with the sealed form.</item>
/// <item>When sign-in worked, its handler ends with <c>return keeper.Resume() ?? LocalRedirect(returnUrl)</c>
/// (<see cref="Keeper"/> injected, after <c>SignInAsync</c> with the new principal handed to <see cref="Keeper.Resume"/>):
/// the page the form came from is shown again, filled, in the name of whoever signed in. It is not sent for them: they read it and press the button.</item>
/// </list>
/// Passwords, tokens and files are never carried.
/// </summary>
/// <param name="Path">Where the form was sent: path and query of this site.</param>
/// <param name="Fields">What was typed.</param>
public sealed record CarriedForm(string Path, IReadOnlyDictionary<string, string[]> Fields)
{
    /// <summary>The hidden field that carries the sealed form through sign-in.</summary>
    public const string FieldName = "_carried";

    /// <summary>The longest sealed form carried, in characters: room for any post, not for an attack.</summary>
    public const int LongestSealed = 1024 * 1024;

    static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    static CarriedForm Of(HttpRequest request) => new(
        request.Path + request.QueryString,
        request.Form
            .Where(field => !field.Key.StartsWith('_') && !field.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal));

    /// <summary>Keeps, seals and resumes the form of this request.</summary>
    public sealed class Keeper(IHttpContextAccessor http, IDataProtectionProvider protection)
    {
        const string KeptKey = "forum.carried";

        readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Forum.CarriedForm").ToTimeLimitedDataProtector();

        HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("A carried form belongs to a request.");

        /// <summary>Whether this request carries a form: the sign-in page says that nothing was lost.</summary>
        public bool Any => Kept is not null || Sealed is not null;

        CarriedForm? Kept => Context.Items[KeptKey] as CarriedForm;

        /// <summary>Notes the posted form, to be carried by the sign-in page that answers this request.</summary>
        public void Keep() => Context.Items[KeptKey] = Of(Context.Request);

        /// <summary>The form as the hidden field's value, or null when there is none or it is too long to carry.</summary>
        public string? Sealed
        {
            get
            {
                if (Kept is { } kept)
                {
                    var value = WebEncoders.Base64UrlEncode(protector.Protect(Pack(kept), Lifetime));
                    return value.Length <= LongestSealed ? value : null;
                }
                return Context.Request.HasFormContentType && Context.Request.Form[FieldName].ToString() is { Length: > 0 and <= LongestSealed } carried ? carried : null;
            }
        }

        /// <summary>
        /// The result that shows the carried form's page again, filled, or null when nothing (or nothing genuine) is carried.
        /// <paramref name="signedIn"/> is the principal who just signed in.
        /// </summary>
        public Microsoft.AspNetCore.Mvc.IActionResult? Resume(System.Security.Claims.ClaimsPrincipal signedIn)
        {
            if (Kept is not null || Sealed is not { } carried || Open(carried) is not { } form)
                return null;
            Context.User = signedIn;
            Context.Items[CarriedForms.ResumedKey] = form;
            return new Microsoft.AspNetCore.Mvc.EmptyResult();
        }

        CarriedForm? Open(string carried)
        {
            try
            {
                return Unpack(protector.Unprotect(WebEncoders.Base64UrlDecode(carried)));
            }
            catch (Exception broken) when (broken is CryptographicException or FormatException or JsonException or InvalidDataException)
            {
                // Too old, or not ours: whoever signs in lands where they would have without it.
                return null;
            }
        }

        static byte[] Pack(CarriedForm form)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
                JsonSerializer.Serialize(brotli, form);
            return packed.ToArray();
        }

        static CarriedForm? Unpack(byte[] packed)
        {
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<CarriedForm>(brotli);
        }
    }
}
