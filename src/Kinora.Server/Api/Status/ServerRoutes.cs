using Kinora.Catalog;
using Kinora.Server.Commands;
using Kinora.Server.Health;
using Kinora.Server.Schema;
using Kinora.Server.Telemetry;
using Kinora.Server.Web;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Status;

/// <summary>What the server is, and what it can make.</summary>
internal sealed class ServerRoutes(ModelCatalog catalog, ServerOptions options, PrometheusText metrics, Readiness readiness, TimeProvider time) : IApiRoutes
{
    public const string Tag = "Server";

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/health", "getHealth", "Whether the server is alive", HealthAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Anybody,
            AnyHost = true,
            Answer = new ApiAnswer(Schema.Shape.Object(("status", Text), ("timestamp", Integer)), """{"status":"ok","timestamp":1795284000000}"""),
        },
        new("GET", "/ready", "getReady", "Whether the server can work: 200, or 503 with the parts that fail", ReadyAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Anybody,
            AnyHost = true,
            About = "Parts: `stopping`, `database`, `storage`, `video folder`, `reference folder`, `workspace folder`. At most a second old.",
            Answer = new ApiAnswer(Schema.Shape.Object(("status", Text), ("failing?", List(Text))), """{"status":"ready"}"""),
        },
        new("GET", "/metrics", "getMetrics", "Figures for a monitoring system, as Prometheus reads them", MetricsAsync)
        {
            Tag = Tag,
            Access = options.OpenMetrics ? ApiAccess.Anybody : ApiAccess.Admin,
            AnyHost = options.OpenMetrics,
            Answer = ApiAnswer.File with { ContentType = "text/plain" },
        },
        new("GET", "/api/models", "listModels", "The models there are: what each can do and costs", ModelsAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Query = [new TextParam("kind") { Choices = ["video", "image"] }, new TextParam("q") { MaxLength = 200, About = "Part of the id or title" }, new TextParam("can") { MaxLength = 200, About = $"Abilities with commas between, all of which must be there: {string.Join(", ", ModelFilter.Words)}" }],
            Answer = new ApiAnswer(
                Schema.Shape.Object(
                    ("data", List(Schema.Shape.Object(
                        ("id", Text), ("title", Text), ("kinds", List(Text)), ("durations?", Anything), ("sizes?", Anything), ("first_frame", Flag), ("last_frame", Flag), ("max_references", Integer),
                        ("negative_prompt", Flag), ("seed", Flag), ("audio", Text), ("remix", Flag), ("edit", Flag), ("extend", Flag), ("cancel", Flag), ("price?", Anything), ("retires_on?", Anything),
                        ("source", Text)))),
                    ("aliases", Anything)),
                """{"data":[{"id":"animatic/storyboard","title":"Animatic, the built-in storyboard renderer","kinds":["video","image"],"first_frame":true,"last_frame":false,"max_references":0,"negative_prompt":false,"seed":true,"audio":"switch","remix":true,"edit":true,"extend":true,"cancel":true,"price":{"usd":0,"per":"job"},"source":"this program"}],"aliases":{"sora-2":"animatic/storyboard"}}"""),
        },
    ];

    private Task HealthAsync(ApiCall call) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteNumber("timestamp", time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteEndObject();
    });

    private async Task ReadyAsync(ApiCall call)
    {
        var failing = await readiness.FailingAsync();
        call.Context.Response.Headers.CacheControl = "no-store";
        await ApiJson.WriteAsync(call.Context, failing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteStartObject();
            json.WriteString("status", failing.Count == 0 ? "ready" : "not ready");
            if (failing.Count > 0)
            {
                ApiJson.WriteList(json, "failing", failing, (list, part) => list.WriteStringValue(part));
            }

            json.WriteEndObject();
        });
    }

    private async Task MetricsAsync(ApiCall call)
    {
        var text = await metrics.TellAsync(call.Cancel);
        call.Context.Response.ContentType = PrometheusText.ContentType;
        call.Context.Response.Headers.CacheControl = "no-store";
        await call.Context.Response.WriteAsync(text, call.Cancel);
    }

    private async Task ModelsAsync(ApiCall call)
    {
        var filter = ModelFilter.Read(call.Arguments.TextOrNull("kind"), call.Arguments.TextOrNull("q"), call.Arguments.TextOrNull("can"));
        var models = (await catalog.ListAsync(call.Cancel)).Where(filter.Matches).ToList();
        var aliases = await catalog.AliasesAsync(filter.Kind, call.Cancel);
        await call.AnswerAsync(json => ModelsCommand.Write(json, models, aliases));
    }
}
