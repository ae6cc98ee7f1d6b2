using System.Globalization;
using Forum.Core.Settings;

namespace Forum.Web.Http;

/// <summary>What the operator calls the site and how it is coloured.</summary>
public sealed class Site(SettingsStore settings)
{
    Hsl Accent => Hsl.Parse(settings.Current.AccentColour) ?? Hsl.Parse(new ForumSettings().AccentColour)!.Value;

    /// <summary>The site's name.</summary>
    public string Name => settings.Current.Name;

    /// <summary>One sentence under the name; empty when the operator gave none.</summary>
    public string Tagline => settings.Current.Tagline;

    /// <summary>What contributions are licensed under.</summary>
    public string License => settings.Current.License;

    /// <summary>Changes whenever the colour does, for the addresses of what is drawn in it.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{Accent.Hue:0}-{Accent.Saturation:0}-{Accent.Lightness:0}");

    /// <summary>Stacks derives its shades from hue, saturation and lightness; a dark page needs a lighter accent to be read.</summary>
    public string ThemeCss
    {
        get
        {
            var light = Accent with { Lightness = Math.Clamp(Accent.Lightness, 20, 46) };
            var dark = Accent with { Saturation = Math.Min(Accent.Saturation, 80), Lightness = Math.Clamp(Accent.Lightness + 18, 66, 78) };
            return $"body{{{Variables("base", light)}{Variables("dark", dark)}}}";
        }
    }

    /// <summary>The logo: two bubbles of a conversation, the answer in front with its tick.</summary>
    public string LogoSvg => string.Create(CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="hsl({Accent.Hue:0},{Accent.Saturation * 0.6:0}%,70%)" d="M4 3h17a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H10l-6 5z"/><path fill="hsl({Accent.Hue:0},{Accent.Saturation:0}%,{Accent.Lightness:0}%)" d="M12 10h14a3 3 0 0 1 3 3v17l-6-5H12a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3z"/><path fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round" stroke-width="2.6" d="m14.5 17.8 3.2 3.2 6-6.4"/></svg>
        """);

    static string Variables(string mode, Hsl colour) => string.Create(CultureInfo.InvariantCulture,
        $"--theme-{mode}-primary-color-h:{colour.Hue:0};--theme-{mode}-primary-color-s:{colour.Saturation:0}%;--theme-{mode}-primary-color-l:{colour.Lightness:0}%;--theme-{mode}-secondary-color-h:{colour.Hue:0};--theme-{mode}-secondary-color-s:{colour.Saturation:0}%;--theme-{mode}-secondary-color-l:{colour.Lightness:0}%;");

    readonly record struct Hsl(double Hue, double Saturation, double Lightness)
    {
        /// <summary>Reads #rrggbb; null when it is something else.</summary>
        public static Hsl? Parse(string? colour)
        {
            if (colour is not ['#', .. { Length: 6 } digits] || !int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
                return null;
            var (red, green, blue) = ((rgb >> 16) / 255d, (rgb >> 8 & 255) / 255d, (rgb & 255) / 255d);
            var (high, low) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
            var (spread, middle) = (high - low, (high + low) / 2);
            var hue = spread switch
            {
                0 => 0,
                _ when high == red => 60 * ((green - blue) / spread + 6) % 360,
                _ when high == green => 60 * ((blue - red) / spread + 2),
                _ => 60 * ((red - green) / spread + 4),
            };
            return new(hue, spread == 0 ? 0 : 100 * spread / (1 - Math.Abs(2 * middle - 1)), 100 * middle);
        }
    }
}
