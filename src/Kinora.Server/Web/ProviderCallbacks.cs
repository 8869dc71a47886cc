using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Server.Security;

namespace Kinora.Server.Web;

/// <summary>
/// The door at which providers call when a job has got further (<c>POST /hooks/JOB/TOKEN</c>). Whoever calls learns nothing, and all he can bring about is that
/// the job is looked at now.
/// </summary>
internal sealed class ProviderCallbacks(CallbackAddresses addresses, IJobStore jobs, ProviderSet providers, JobRunner runner)
{
    /// <summary>Most of a body that is read, in bytes.</summary>
    private const int MostBytes = 1 << 20;

    public void Map(IEndpointRouteBuilder app) => app.MapPost(CallbackAddresses.Path + "{job}/{token}", HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        var cancel = context.RequestAborted;
        var (job, token) = ((string)context.Request.RouteValues["job"]!, (string)context.Request.RouteValues["token"]!);
        if (addresses.Read(job, token) is not { } id)
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (await BodyAsync(context.Request, cancel) is not { } body)
        {
            context.Response.StatusCode = 413;
            return;
        }

        if (await jobs.GetAsync(id, owner: null, cancel) is not { } found || !providers.TryGet(found.Provider, out var provider) || provider is not ICallbackProvider calling)
        {
            // Deleted, or gone on with another provider: there is nothing to do, and nothing to send again for.
            return;
        }

        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        switch (await calling.JudgeAsync(new CallbackMessage(headers, body), cancel))
        {
            case CallbackVerdict.Forged:
                context.Response.StatusCode = 403;
                break;
            case CallbackVerdict.Echo echo:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(echo.Json, cancel);
                break;
            default:
                if (await jobs.HastenAsync(id, cancel))
                {
                    runner.Wake();
                }

                break;
        }
    }

    /// <summary>Null: too large.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            copy.Write(buffer, 0, count);
            if (copy.Length > MostBytes)
            {
                return null;
            }
        }

        return copy.ToArray();
    }
}
