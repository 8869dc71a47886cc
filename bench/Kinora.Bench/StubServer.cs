using System.Diagnostics;

namespace Kinora.Bench;

/// <summary>A provider that answers every look with a small JSON object and every download with <see cref="ContentBytes"/>, in a process of its own so that its CPU time is not counted.</summary>
internal static class StubServer
{
    public const long ContentBytes = 200L << 20;

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/v1/videos/{id}", (string id) => Results.Text($"{{\"id\":\"{id}\",\"object\":\"video\",\"status\":\"in_progress\",\"progress\":10}}", "application/json"));
        app.MapGet("/v1/videos/{id}/content", SendContentAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task SendContentAsync(HttpContext context)
    {
        var part = new byte[1 << 20];
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = ContentBytes;
        for (var sent = 0L; sent < ContentBytes; sent += part.Length)
        {
            await context.Response.Body.WriteAsync(part);
        }
    }

    /// <summary>Starts it as a child; disposing ends it.</summary>
    public static (Process Process, Uri Url) Start()
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "stub-server") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return (process, new Uri(process.StandardOutput.ReadLine()!));
    }
}
