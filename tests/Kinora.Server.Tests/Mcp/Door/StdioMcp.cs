using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Shouldly;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>A real <c>kinora mcp</c> with nothing between the test and its lines: many requests may be under way, and every line it writes is seen.</summary>
internal sealed class StdioMcp : IAsyncDisposable
{
    public const string Hello = """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"door","version":"1"}}""";

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly ConcurrentQueue<JsonElement> _others = new();
    private readonly SemaphoreSlim _other = new(0);
    private readonly Task _reading;
    private readonly Task<string> _error;
    private long _last;

    private StdioMcp(Process process)
    {
        Process = process;
        _reading = Task.Run(ReadAsync);
        _error = process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    /// <summary>What came without being the answer to a request of ours: notifications, and errors about lines without an id.</summary>
    public IEnumerable<JsonElement> Others => _others;

    /// <param name="flags">Of <c>kinora mcp</c>.</param>
    public static async Task<StdioMcp> StartAsync(KinoraProgram kinora, params string[] flags)
    {
        var client = new StdioMcp(kinora.Start(["mcp", .. flags]));
        (await client.RequestAsync("initialize", Hello)).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        await client.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return client;
    }

    /// <summary>The whole answer, with its result or error.</summary>
    /// <param name="given">JSON, as it shall be on the wire.</param>
    public async Task<JsonElement> RequestAsync(string method, string given)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{given}}}""");
        return await answer.Task.WaitAsync(KinoraProgram.Patience);
    }

    /// <param name="arguments">A JSON object.</param>
    public Task<JsonElement> ToolAsync(string name, string arguments, string? meta = null) =>
        RequestAsync("tools/call", $$"""{"name":"{{name}}","arguments":{{arguments}}{{(meta is null ? "" : ",\"_meta\":" + meta)}}}""");

    /// <summary>The structured content of a call that must succeed.</summary>
    public async Task<JsonElement> ObjectAsync(string tool, JsonObject arguments)
    {
        var answer = await ToolAsync(tool, arguments.ToJsonString());
        answer.TryGetProperty("result", out var result).ShouldBeTrue(answer.GetRawText());
        result.TryGetProperty("isError", out _).ShouldBeFalse(answer.GetRawText());
        return result.GetProperty("structuredContent");
    }

    /// <summary>One line, as it is.</summary>
    public async Task WriteAsync(string line)
    {
        await Process.StandardInput.WriteAsync(line + "\n");
        await Process.StandardInput.FlushAsync();
    }

    public async Task WriteBytesAsync(byte[] bytes)
    {
        await Process.StandardInput.BaseStream.WriteAsync(bytes);
        await Process.StandardInput.BaseStream.FlushAsync();
    }

    /// <summary>The next line that answers no request of ours.</summary>
    public async Task<JsonElement> NextOtherAsync()
    {
        (await _other.WaitAsync(KinoraProgram.Patience)).ShouldBeTrue("nothing came");
        _others.TryDequeue(out var other).ShouldBeTrue();
        return other;
    }

    /// <summary>Closes stdin, as a client does that leaves, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> LeaveAsync(TimeSpan? within = null)
    {
        Process.StandardInput.Close();
        using var limit = new CancellationTokenSource(within ?? KinoraProgram.Patience);
        await Process.WaitForExitAsync(limit.Token);
        (await _error).ShouldNotContain("   at ");
        return Process.ExitCode;
    }

    /// <summary>Like kill -9.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            await KillAsync();
        }

        await _reading;
        Process.Dispose();
        _other.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await Process.StandardOutput.ReadLineAsync() is { } line)
        {
            var message = JsonElement.Parse(line);
            if (!message.TryGetProperty("method", out _) && message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number
                && _waiting.TryRemove(id.GetInt64(), out var waiting))
            {
                waiting.SetResult(message);
            }
            else
            {
                _others.Enqueue(message);
                _other.Release();
            }
        }

        foreach (var left in _waiting.Values)
        {
            left.TrySetException(new EndOfStreamException("kinora mcp ended without an answer."));
        }
    }
}
