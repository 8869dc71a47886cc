using System.Buffers;

namespace Kinora.Bench.Mcp;

/// <summary>A number of status calls, always so many in flight, each answer checked. Once an answer is here the next call goes out.</summary>
internal static class McpLoad
{
    public static void OverStdio(StdioServer server, StatusCall call, int calls, int inFlight)
    {
        var waiting = new ArrayBufferWriter<byte>();
        var answered = new bool[calls];
        var sent = 0;
        for (; sent < Math.Min(inFlight, calls); sent++)
        {
            AddLine(waiting, call, sent);
        }

        for (var done = 0; done < calls;)
        {
            server.SendLines(waiting.WrittenSpan);
            waiting.ResetWrittenCount();
            do
            {
                Tick(answered, call.Check(server.ReadLine()));
                done++;
                if (sent < calls)
                {
                    AddLine(waiting, call, sent++);
                }
            }
            while (done < calls && (server.HasLine || waiting.WrittenCount == 0));
        }
    }

    /// <summary>Each connection has a thread and one call under way.</summary>
    public static void OverHttp(HttpServer server, StatusCall call, string? session, int calls, int connections)
    {
        var answered = new bool[calls];
        var next = -1;
        Task.WaitAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var connection = new HttpConnection(server.Url);
                var request = server.Request(call, session);
                while (Interlocked.Increment(ref next) is var n && n < calls)
                {
                    Tick(answered, Exchange(connection, request, call, n));
                }
            },
            TaskCreationOptions.LongRunning)).ToArray());
    }

    /// <summary>One call over HTTP.</summary>
    /// <returns>The id of its answer.</returns>
    public static int Exchange(HttpConnection connection, byte[] request, StatusCall call, int n)
    {
        var id = StatusCall.FirstId + n;
        StatusCall.SetId(request.AsSpan(request.Length - call.Body.Length), id);
        return call.Check(Unwrap(connection.Exchange(request))) is var said && said == id ? id : throw new InvalidOperationException($"{id} was asked, {said} answered.");
    }

    /// <summary>The one message of an event stream, or the body itself.</summary>
    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("data: {"u8);
        return at < 0 ? body : body[(at + 6)..(at + body[at..].IndexOf((byte)'\n'))];
    }

    private static void AddLine(ArrayBufferWriter<byte> lines, StatusCall call, int n)
    {
        var line = lines.GetSpan(call.Body.Length + 1);
        call.Body.CopyTo(line);
        StatusCall.SetId(line, StatusCall.FirstId + n);
        line[call.Body.Length] = (byte)'\n';
        lines.Advance(call.Body.Length + 1);
    }

    private static void Tick(bool[] answered, int id)
    {
        ref var before = ref answered[id - StatusCall.FirstId];
        before = before ? throw new InvalidOperationException($"{id} was answered twice.") : true;
    }
}
