using System.Text.Json.Nodes;

namespace Kinora.Server.Tests.Providers;

/// <summary>A server that answers every request with the same JSON.</summary>
internal sealed class OneAnswer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OneAnswer(WebApplication app) => (_app, BaseUrl) = (app, new Uri(app.Urls.First()));

    public Uri BaseUrl { get; }

    public static async Task<OneAnswer> StartAsync(JsonNode answer, int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer.ToJsonString());
        });
        await app.StartAsync();
        return new OneAnswer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
