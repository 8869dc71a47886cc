using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway;

/// <summary>JSON with whole pictures in it, written to the client as it is made: no picture is ever whole in memory, and none twice.</summary>
internal sealed class LargeJson(PipeWriter pipe) : IAsyncDisposable
{
    private const int ChunkBytes = 48 << 10;

    public Utf8JsonWriter Json { get; } = new(pipe, ApiJson.Plain);

    /// <summary>An answer of its own; headers are sent with the first bytes. A fault from here on cuts the connection: no half answer looks whole.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<LargeJson, Task> write)
    {
        ApiJson.WriteHead(context.Response, StatusCodes.Status200OK);
        await context.Response.StartAsync(context.RequestAborted);
        await using var json = new LargeJson(context.Response.BodyWriter);
        await write(json);
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>A file as base64, from its first byte.</summary>
    public async Task WriteBase64Async(string name, Stream content, CancellationToken cancel)
    {
        content.Position = 0;
        Json.WritePropertyName(name);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (await content.ReadAsync(chunk.AsMemory(0, ChunkBytes), cancel) is > 0 and var read)
            {
                Json.WriteBase64StringSegment(chunk.AsSpan(0, read), isFinalSegment: false);
                await FlushAsync(cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        Json.WriteBase64StringSegment([], isFinalSegment: true);
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        await Json.FlushAsync(cancel);
        await pipe.FlushAsync(cancel);
    }

    public ValueTask DisposeAsync() => Json.DisposeAsync();
}
