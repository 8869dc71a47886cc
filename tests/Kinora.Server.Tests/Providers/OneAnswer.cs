using System.Text.Json.Nodes;

namespace Kinora.Server.Tests.Providers;

/// <summary>A server that answers with JSON: every request with the same, or each path with its own.</summary>
internal sealed class OneAnswer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OneAnswer(WebApplication app) => (_app, BaseUrl) = (app, new Uri(app.Urls.First()));

    public Uri BaseUrl { get; }

    public static Task<OneAnswer> StartAsync(JsonNode answer, int status = 200) => StartAsync(_ => (answer.ToJsonString(), status));

    public static async Task<OneAnswer> StartAsync(Func<string, (string Answer, int Status)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            var (json, status) = answer(context.Request.Path);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(json);
        });
        await app.StartAsync();
        return new OneAnswer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
