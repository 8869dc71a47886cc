using System.Globalization;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Tests.Realtime;

/// <summary>A port by which a client from outside makes things happen in the scene: <c>POST /create?owner=</c>, <c>/move?id=&amp;to=&amp;progress=</c>, <c>/delete?id=&amp;owner=</c>, <c>/end?user=</c>, <c>/stop</c>, <c>/start</c>.</summary>
internal static class SceneControl
{
    public static async Task<WebApplication> StartAsync(RealtimeScene scene)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/create", async (string owner, string? kind) => (await scene.AddAsync(owner, kind == "image" ? MediaKind.Image : MediaKind.Video)).Uuid);
        app.MapPost("/move", async (string id, string to, string? progress) =>
            await scene.MoveAsync(Id(id), JobMoves.FromWord(to)!.Value, progress is null ? null : double.Parse(progress, CultureInfo.InvariantCulture)));
        app.MapPost("/delete", async (string id, string owner) => await scene.Store.DeleteAsync(Id(id), owner, CancellationToken.None));
        app.MapPost("/end", (string user) => scene.Access.End(user));
        app.MapPost("/stop", scene.StopAsync);
        app.MapPost("/start", () => scene.StartAsync());
        app.MapGet("/count", () => scene.Count);
        await app.StartAsync();
        return app;
    }

    private static JobId Id(string text) => JobId.TryParse(text, out var id) ? id : throw new ArgumentException("No id.", nameof(text));
}
