using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using Kinora.Server.Gateway;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Pictures on their way into JSON, in whatever pieces they are read.</summary>
public sealed class LargeJsonTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 1)]
    [InlineData(4_999, 7)]
    [InlineData(100_001, 48 << 10)]
    [InlineData(300_000, 1_000_000)]
    public async Task Picture_IsTheSame_InWhateverPiecesItIsRead_AndAsOftenAsItIs(int bytes, int piece)
    {
        var picture = RandomNumberGenerator.GetBytes(bytes);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await using (var json = new LargeJson(pipe.Writer))
        {
            using var content = new InPieces(picture, piece);
            json.Json.WriteStartObject();
            await json.WriteBase64Async("one", content, Cancel);
            await json.WriteBase64Async("two", content, Cancel);
            json.Json.WriteEndObject();
            await json.FlushAsync(Cancel);
        }

        await pipe.Writer.CompleteAsync();
        using var written = await JsonDocument.ParseAsync(pipe.Reader.AsStream(), cancellationToken: Cancel);
        foreach (var name in (string[])["one", "two"])
        {
            written.RootElement.GetProperty(name).GetBytesFromBase64().ShouldBe(picture);
        }
    }

    /// <summary>A file that gives at most so many bytes at once.</summary>
    private sealed class InPieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
