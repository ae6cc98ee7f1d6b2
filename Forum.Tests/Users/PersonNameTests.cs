using Forum.Core.Settings;
using Forum.Core.Users;

namespace Forum.Tests.Users;

public sealed class PersonNameTests
{
    [TestCase("Ada Lovelace", "ada lovelace")]
    [TestCase("  Sofía RÍOS ", "sofia rios")]
    [TestCase("Ｍｉｒａ", "mira")]
    [TestCase("林晓", "林晓")]
    [TestCase(null, "")]
    public void Names_are_looked_up_without_case_accents_and_width(string? name, string folded) =>
        Assert.That(PersonName.Fold(name), Is.EqualTo(folded));

    [TestCase("Ada", true)]
    [TestCase("Ada \u202Eevil", false)]
    [TestCase("Ada\u200B", false)]
    [TestCase("A\nda", false)]
    public void A_name_has_no_invisible_characters(string name, bool isPlain) =>
        Assert.That(PersonName.IsPlain(name), Is.EqualTo(isPlain));

    [TestCase("ada", true)]
    [TestCase("ada.lovelace-1815_x", true)]
    [TestCase("林晓", true)]
    [TestCase("ada@example.org", false)]
    [TestCase("ada lovelace", false)]
    [TestCase("-ada", false)]
    [TestCase("ada.", false)]
    [TestCase("", false)]
    public void A_sign_in_name_is_letters_and_digits(string name, bool isOne) =>
        Assert.That(AccountRules.IsSignInName(name), Is.EqualTo(isOne));

    [TestCase("ada@example.org", true)]
    [TestCase("a.b+c@sub.example.org", true)]
    [TestCase("ada", false)]
    [TestCase("ada@localhost", false)]
    [TestCase("Ada <ada@example.org>", false)]
    [TestCase("ada@example.org, eve@example.org", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void An_address_is_one_address(string? email, bool isOne) =>
        Assert.That(AccountRules.IsEmail(email), Is.EqualTo(isOne));

    [TestCase("1234567", "accounts.password-too-short")]
    [TestCase("12345678", null)]
    [TestCase("😀😀😀😀😀😀😀😀", null)]
    [TestCase("        ", null)]
    [TestCase("ADA-LOVELACE", "accounts.password-is-name")]
    [TestCase("ada@example.org", "accounts.password-is-name")]
    public void A_password_is_long_enough_and_not_the_name(string password, string? code) =>
        Assert.That(AccountRules.WhyNot(password, "ada-lovelace", "ada@example.org", new LengthRange(8, 200))?.Code, Is.EqualTo(code));

    [TestCase("https://example.org/me", true)]
    [TestCase("http://example.org", true)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("data:text/html,x", false)]
    [TestCase("example.org", false)]
    [TestCase("//example.org", false)]
    public void A_website_is_an_address_of_the_web(string website, bool isOne) =>
        Assert.That(ProfileRules.Link(website) is not null, Is.EqualTo(isOne));

    [TestCase(1, false, 1, true)]
    [TestCase(1, false, 2, false)]
    [TestCase(1, true, 2, true)]
    public void People_edit_their_own_profile_and_moderators_any(long editor, bool isModerator, long owner, bool may) =>
        Assert.That(ProfileRules.WhyNotEdit(editor, isModerator, owner) is null, Is.EqualTo(may));
}
