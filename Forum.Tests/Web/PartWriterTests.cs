using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Forum.Web.Http;

namespace Forum.Tests.Web;

public sealed class PartWriterTests
{
    [TestCase("")]
    [TestCase("plain")]
    [TestCase("naïve 漢字 🎈")]
    [TestCase("half a pair: \ud83c.")]
    public async Task What_is_written_is_sent_as_utf8(string text)
    {
        Assert.That(await Sent(text), Is.EqualTo(Encoding.UTF8.GetBytes(text)));
    }

    // Where the pipe's pieces end inside a letter of several bytes.
    [Test]
    public async Task A_long_text_is_sent_whole_wherever_its_letters_fall([Range(0, 7)] int shift)
    {
        var text = new string('.', shift) + string.Concat(Enumerable.Repeat("a漢🎈é", 5_000));

        Assert.That(await Sent(text), Is.EqualTo(Encoding.UTF8.GetBytes(text)));
    }

    static async Task<byte[]> Sent(string text)
    {
        using var writer = new PartWriter();
        var sent = new MemoryStream();
        var pipe = PipeWriter.Create(sent, new StreamPipeWriterOptions(minimumBufferSize: 37));

        writer.Write(text);
        await writer.SendTo(pipe, default);
        await pipe.CompleteAsync();

        return sent.ToArray();
    }
}
