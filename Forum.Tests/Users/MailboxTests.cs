using Forum.Core.Users;

namespace Forum.Tests.Users;

/// <summary>docs/rules/insight.md, section 4, and docs/rules/departures.md as tables.</summary>
public sealed class MailboxTests
{
    [TestCase("Ada@Example.org", "ada@example.org")]
    [TestCase(" ada@example.org ", "ada@example.org")]
    [TestCase("ada+news@example.org", "ada@example.org")]
    [TestCase("a.d.a@example.org", "a.d.a@example.org")]
    [TestCase("a.d.a+x@googlemail.com", "ada@gmail.com")]
    [TestCase("ada-x@yahoo.co.uk", "ada-x@yahoo.co.uk")]
    [TestCase("+ada@example.org", "+ada@example.org")]
    [TestCase("ada@plus+host.example", "ada@plus+host.example")]
    [TestCase("@example.org", null)]
    [TestCase("nobody", null)]
    [TestCase(null, null)]
    public void What_is_only_compared_leaves_out_tags_everywhere(string? email, string? mailbox) => Assert.That(Mailbox.Probable(email), Is.EqualTo(mailbox));

    [TestCase("Ada@Example.com", "ada@example.com")]
    [TestCase("a.d.a+forum@gmail.com", "ada@gmail.com")]
    [TestCase("ada@googlemail.com", "ada@gmail.com")]
    [TestCase("a.da+x@example.com", "a.da+x@example.com")]
    [TestCase("ada+x@outlook.com", "ada@outlook.com")]
    [TestCase("a.da@outlook.com", "a.da@outlook.com")]
    [TestCase("ada-x@yahoo.co.uk", "ada@yahoo.co.uk")]
    [TestCase("+@gmail.com", "+@gmail.com")]
    [TestCase("@gmail.com", null)]
    [TestCase("nobody", null)]
    [TestCase(null, null)]
    public void What_decides_leaves_out_only_what_the_provider_does(string? email, string? mailbox) => Assert.That(Mailbox.Certain(email), Is.EqualTo(mailbox));

    [TestCase("ada+x@outlook.com")]
    [TestCase("Ada@Example.org")]
    [TestCase("a.d.a+forum@googlemail.com")]
    public void What_is_certain_is_probable_too(string email) => Assert.That(Mailbox.Probable(Mailbox.Certain(email)), Is.EqualTo(Mailbox.Probable(email)));
}
