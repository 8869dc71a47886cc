using Kinora.Assets;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Jobs;
using Kinora.Server.Configuration;

namespace Kinora.Server.Health;

/// <summary>
/// Whether the server can do its work now, for whoever sends it requests: the database answers, results have room, the user folders are the ones it began
/// with and can be written. Tells which of them fails and nothing more: anybody may ask.
/// </summary>
internal sealed class Readiness(KinoraHost host, CancellationToken stopping)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/ready", async context =>
    {
        var failing = await FailingAsync(context.RequestAborted);
        context.Response.StatusCode = failing.Count == 0 ? 200 : 503;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(failing.Count == 0
            ? """{"status":"ready"}"""
            : $$"""{"status":"not ready","failing":[{{string.Join(',', failing.Select(f => $"\"{f}\""))}}]}""");
    });

    private async Task<IReadOnlyList<string>> FailingAsync(CancellationToken cancel)
    {
        if (stopping.IsCancellationRequested)
        {
            return ["stopping"];
        }

        var failing = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestLook);
        if (!await AnswersAsync(limit.Token))
        {
            failing.Add("database");
        }

        if (!await StoresAsync(limit.Token))
        {
            failing.Add("storage");
        }

        Look("video folder", () => Check(host.Get<UserFolders>().Videos));
        Look("reference folder", () => Check(host.Get<UserFolders>().References));
        Look("workspace folder", () => Check(host.Get<UserFolders>().Workspace));
        return failing;

        void Look(string what, Func<bool> fine)
        {
            try
            {
                if (fine())
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is KinoraException or IOException or UnauthorizedAccessException)
            {
                // Which fault it is, doctor tells those who may know.
            }

            failing.Add(what);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await host.Get<IJobStore>().CountOpenAsync(cancel);
            return true;
        }
        catch (Exception fault) when (fault is KinoraException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> StoresAsync(CancellationToken cancel)
    {
        try
        {
            var store = host.Get<IAssetStore>();
            await store.CheckAsync(cancel);
            return store.FreeBytes() > 0;
        }
        catch (Exception fault) when (fault is KinoraException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Check(IUserFolder folder)
    {
        folder.Check();
        return true;
    }
}
