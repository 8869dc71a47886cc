using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Api.Accounts;
using Kinora.Server.Commands;
using Kinora.Server.Schema;
using Kinora.Webhooks;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Hooks;

/// <summary>Where a user is told about the ends of his jobs, and what became of each message.</summary>
internal sealed class WebhookRoutes(WebhookService webhooks) : IApiRoutes
{
    private const string Tag = "Webhooks";
    private const string Path = "/api/webhooks/{id}";
    private const string EndpointExample = """{"id":"wh_0123456789abcdef0123456789abcdef","url":"https://example.com/hooks/kinora","description":"Editing suite","events":["video.completed","video.failed"],"created_at":1795284000,"disabled_at":null}""";
    private const string DeliveryExample = """
        {"id":"msg_0123456789abcdef0123456789abcdef","event":"video.completed","video_id":"550e8400-e29b-41d4-a716-446655440000","state":"delivered","attempts":1,"last_status":200,"last_error":null,
        "created_at":1795284100,"next_at":null,"delivered_at":1795284100,"payload":{"id":"evt_0123456789abcdef0123456789abcdef","object":"event","type":"video.completed","created_at":1795284100,"data":{"id":"video_550e8400e29b41d4a716446655440000"}}}
        """;

    private static readonly (string, Shape)[] _endpoint =
        [("id", Text), ("url", Text), ("description", Anything), ("events", List(Text)), ("created_at", Integer), ("disabled_at", Anything)];

    private static readonly Shape _delivery = Schema.Shape.Object(
        ("id", Text), ("event", Text), ("video_id", Anything), ("state", OneOf([.. WebhookStateWords.All])), ("attempts", Integer), ("last_status", Anything), ("last_error", Anything),
        ("created_at", Integer), ("next_at", Anything), ("delivered_at", Anything), ("payload", Anything));

    private static readonly ApiAnswer _oneEndpoint = new(Schema.Shape.Object(_endpoint), EndpointExample);
    private static readonly ApiAnswer _withSecret = new(Schema.Shape.Object([.. _endpoint, ("secret", Text)]), EndpointExample[..^1] + ""","secret":"whsec_…"}""");
    private static readonly ApiAnswer _oneDelivery = new(_delivery, DeliveryExample);

    private static readonly Param _url = new TextParam("url") { MaxLength = 2_000, MinLength = 0, About = "https or http, of a public host" };
    private static readonly Param _description = new TextParam("description") { MaxLength = 200, MinLength = 0 };
    private static readonly Param _events = new TextListParam("events", new TextParam("event") { Choices = WebhookEvents.All }, WebhookEvents.All.Count) { About = "Unset: all" };

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/webhooks", "listWebhooks", "Your webhooks", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Answer = new ApiAnswer(Schema.Shape.Object(("webhooks", List(Schema.Shape.Object(_endpoint)))), $$"""{"webhooks":[{{EndpointExample}}]}"""),
        },
        new("POST", "/api/webhooks", "createWebhook", "Be told about the ends of jobs; the secret is shown this once", CreateAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "Messages are signed as https://www.standardwebhooks.com has it, tried for 72 hours, and bear the same webhook-id on each try.",
            Body = new ApiBody(_url, _events, _description) { Example = """{"url":"https://example.com/hooks/kinora","events":["video.completed","video.failed"]}""" },
            Answer = _withSecret,
            Errors = [ErrorCodes.LimitReached],
        },
        new("GET", Path, "getWebhook", "One webhook", call => AnswerAsync(call, webhooks.GetAsync(call.Caller, call.Id, call.Cancel))) { Tag = Tag, Access = ApiAccess.Read, Answer = _oneEndpoint, Errors = [ErrorCodes.NotFound] },
        new("PATCH", Path, "changeWebhook", "Change, disable or enable a webhook", ChangeAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "What is left out stays. Disabling gives up what is waiting; enabling begins with what happens from then on.",
            Body = new ApiBody(_url, _events with { About = null }, _description, new FlagParam("disabled") { Default = null }) { Example = """{"disabled":true}""" },
            Answer = _oneEndpoint,
            Errors = [ErrorCodes.NotFound],
        },
        new("DELETE", Path, "deleteWebhook", "Remove a webhook and its messages", DeleteAsync) { Tag = Tag, Access = ApiAccess.Create, Answer = AuthRoutes.Success, Errors = [ErrorCodes.NotFound] },
        new("POST", Path + "/rotate-secret", "rotateWebhookSecret", "Make a new secret; for 24 hours messages are signed with both", RotateAsync) { Tag = Tag, Access = ApiAccess.Create, Answer = _withSecret, Errors = [ErrorCodes.NotFound] },
        new("POST", Path + "/test", "testWebhook", "Send a test message, once", call => AnswerAsync(call, webhooks.TestAsync(call.Caller, call.Id, call.Cancel)))
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Answer = _oneDelivery,
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest, ErrorCodes.LimitReached],
        },
        new("GET", Path + "/deliveries", "listDeliveries", "A webhook's messages, newest first", DeliveriesAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "With state dead: those that were given up.",
            Query =
            [
                new TextParam("state") { Choices = WebhookStateWords.All }, new TextParam("cursor") { MaxLength = 60, About = "next_cursor of the page before" },
                new IntegerParam("limit", 1, WebhookService.LargestPage) { Default = 50 },
            ],
            Answer = new ApiAnswer(Schema.Shape.Object(("deliveries", List(_delivery)), ("has_more", Flag), ("next_cursor", Anything)), $$"""{"deliveries":[{{DeliveryExample}}],"has_more":false,"next_cursor":null}"""),
            Errors = [ErrorCodes.NotFound],
        },
        new("POST", Path + "/deliveries/{delivery}/replay", "replayDelivery", "Send a message again, under its old id", call => AnswerAsync(call, webhooks.ReplayAsync(call.Caller, call.Id, call.Part("delivery"), call.Cancel)))
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Answer = _oneDelivery,
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest],
        },
        new("POST", Path + "/replay-dead", "replayDeadDeliveries", "Send all messages again that were given up", ReplayDeadAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Answer = new ApiAnswer(Schema.Shape.Object(("replayed", Integer)), """{"replayed":3}"""),
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest],
        },
    ];

    private async Task ListAsync(ApiCall call)
    {
        var mine = await webhooks.ListAsync(call.Caller, call.Cancel);
        await call.AnswerListAsync("webhooks", mine, (json, endpoint) => Write(json, endpoint, secret: null));
    }

    private async Task CreateAsync(ApiCall call)
    {
        var given = call.Arguments;
        var made = await webhooks.CreateAsync(
            call.Caller, new WebhookDraft(given.TextOrNull("url") ?? "", given.Has("events") ? given.Texts("events") : null, given.TextOrNull("description")), call.Cancel);
        await call.AnswerAsync(json => Write(json, made.Endpoint, made.Secret));
    }

    private Task ChangeAsync(ApiCall call)
    {
        var given = call.Arguments;
        var change = new WebhookChange(
            given.TextOrNull("url"), given.Has("events") ? given.Texts("events") : null, given.TextOrNull("description"), given.Has("disabled") ? given.Flag("disabled") : null);
        return AnswerAsync(call, webhooks.UpdateAsync(call.Caller, call.Id, change, call.Cancel));
    }

    private async Task DeleteAsync(ApiCall call)
    {
        await webhooks.DeleteAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(AccountRow.WriteSuccess);
    }

    private async Task RotateAsync(ApiCall call)
    {
        var made = await webhooks.RotateSecretAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json => Write(json, made.Endpoint, made.Secret));
    }

    private async Task DeliveriesAsync(ApiCall call)
    {
        var given = call.Arguments;
        var page = await PageAsync(call, given);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            ApiJson.WriteList(json, "deliveries", page.Deliveries, Write);
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteString("next_cursor", page.HasMore ? page.Deliveries[^1].Id : null);
            json.WriteEndObject();
        });
    }

    private async Task<WebhookDeliveryPage> PageAsync(ApiCall call, GivenArguments given)
    {
        try
        {
            return await webhooks.DeliveriesAsync(call.Caller, call.Id, given.TextOrNull("state"), given.TextOrNull("cursor"), (int)given.Integer("limit"), call.Cancel);
        }
        catch (KinoraException fault) when (fault.Faults is [{ Field: "after" } wrong])
        {
            // Told under the name that the parameter has here.
            throw KinoraException.Invalid([wrong with { Field = "cursor" }]);
        }
    }

    private async Task ReplayDeadAsync(ApiCall call)
    {
        var replayed = await webhooks.ReplayDeadAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("replayed", replayed);
            json.WriteEndObject();
        });
    }

    private static async Task AnswerAsync(ApiCall call, Task<WebhookEndpoint> found)
    {
        var endpoint = await found;
        await call.AnswerAsync(json => Write(json, endpoint, secret: null));
    }

    private static async Task AnswerAsync(ApiCall call, Task<WebhookDelivery> found)
    {
        var delivery = await found;
        await call.AnswerAsync(json => Write(json, delivery));
    }

    private static void Write(Utf8JsonWriter json, WebhookEndpoint endpoint, string? secret)
    {
        json.WriteStartObject();
        json.WriteString("id", endpoint.Id);
        json.WriteString("url", endpoint.Url);
        json.WriteString("description", endpoint.Description);
        json.WriteStartArray("events");
        foreach (var word in endpoint.Events)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        JobView.WriteTime(json, "created_at", endpoint.CreatedAt);
        JobView.WriteTime(json, "disabled_at", endpoint.DisabledAt);
        if (secret is not null)
        {
            json.WriteString("secret", secret);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WebhookDelivery delivery)
    {
        json.WriteStartObject();
        json.WriteString("id", delivery.Id);
        json.WriteString("event", delivery.EventType);
        json.WriteString("video_id", delivery.JobId?.Uuid);
        json.WriteString("state", delivery.State.Word());
        json.WriteNumber("attempts", delivery.Attempts);
        if (delivery.LastStatus is { } status)
        {
            json.WriteNumber("last_status", status);
        }
        else
        {
            json.WriteNull("last_status");
        }

        json.WriteString("last_error", delivery.LastError);
        JobView.WriteTime(json, "created_at", delivery.CreatedAt);
        JobView.WriteTime(json, "next_at", delivery.State == WebhookState.Pending ? delivery.NextAt : null);
        JobView.WriteTime(json, "delivered_at", delivery.DeliveredAt);
        json.WritePropertyName("payload");
        json.WriteRawValue(delivery.Payload);
        json.WriteEndObject();
    }
}
