using System.Buffers;
using System.Text;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway;

/// <summary>Server-sent events, each with its name and one line of JSON, and comment lines while there is nothing to tell: no proxy takes the silence for an end.</summary>
internal sealed class EventStream
{
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(15);

    private readonly HttpContext _context;
    private readonly TimeProvider _time;

    private EventStream(HttpContext context, TimeProvider time) => (_context, _time) = (context, time);

    public static async Task<EventStream> StartAsync(HttpContext context, TimeProvider time)
    {
        ApiJson.WriteHead(context.Response, StatusCodes.Status200OK);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.StartAsync(context.RequestAborted);
        return new EventStream(context, time);
    }

    /// <param name="write">Writes the whole object.</param>
    public async Task SendAsync(string name, Func<LargeJson, Task> write)
    {
        Write($"event: {name}\ndata: ");
        await using (var json = new LargeJson(_context.Response.BodyWriter))
        {
            await write(json);
            await json.FlushAsync(_context.RequestAborted);
        }

        Write("\n\n");
        await FlushAsync();
    }

    /// <summary>Waits for something, and shows all the while that the connection lives.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            Write(": waiting\n\n");
            await FlushAsync();
            using var done = CancellationTokenSource.CreateLinkedTokenSource(_context.RequestAborted);
            await Task.WhenAny(work, Task.Delay(_longestSilence, _time, done.Token));
            await done.CancelAsync();
        }

        return await work;
    }

    private void Write(string text) => _context.Response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));

    private async Task FlushAsync() => await _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);
}
