using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Api.Videos;
using Kinora.Server.Commands;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;
using Kinora.Sessions;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Images;

/// <summary>Conversations about pictures.</summary>
internal sealed class SessionRoutes(SessionService sessions) : IApiRoutes
{
    private const string Tag = "Image sessions";
    private const string Active = "active";
    private const string Ended = "ended";
    private const string Fields = """
        "session_id":"session_0123456789abcdef0123456789abcdef","status":"active","session_name":"Kites","description":"A poster series","model":"animatic/storyboard","created_at":1795284000,"last_activity":1795284100
        """;

    private static readonly (string, Shape)[] _fields =
        [("session_id", Text), ("status", OneOf("active", "expired", "closed")), ("session_name", Anything), ("description", Text), ("model", Text), ("created_at", Integer), ("last_activity", Integer)];

    private static readonly ApiAnswer _one = new(
        Schema.Shape.Object([.. _fields, ("images", List(ImageRow.Shape)), ("pending", List(ImageRow.Shape))]), $$"""{ {{Fields}},"images":[{{ImageRow.Example}}],"pending":[]}""");

    public IEnumerable<ApiOperation> Operations =>
    [
        new("POST", "/api/sessions", "createSession", "Begin a conversation about pictures", CreateAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "Its description is told to the model in every turn. With from_image it begins with a picture made here: by image id, or by its name in the workspace.",
            Body = new ApiBody(
                new TextParam("description") { Required = true, MaxLength = SessionService.MaxDescription }, VideoParams.Model, new TextParam("session_name") { MaxLength = SessionService.MaxName },
                new TextParam("from_image") { MaxLength = 1_000 })
            {
                Example = """{"description":"A poster series about kites, flat colours","session_name":"Kites"}""",
            },
            Answer = _one,
            Errors = [ErrorCodes.ModelNotFound, ErrorCodes.LimitReached, ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.FileNotFound, ErrorCodes.MetadataMissing, ErrorCodes.MetadataIncomplete, ErrorCodes.MetadataUnreadable],
        },
        new("GET", "/api/sessions", "listSessions", "Sessions, last used first", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "Active ones all at once; ended ones, which are closed or have expired, in pages.",
            Query =
            [
                new TextParam("state") { Choices = [Active, Ended], Default = Active }, new IntegerParam("limit", 1, 100) { Default = 50, About = "Of ended ones" },
                new TextParam("cursor") { MaxLength = 60, About = "next_cursor of the page before" },
            ],
            Answer = new ApiAnswer(
                Schema.Shape.Object(
                    ("sessions", List(Schema.Shape.Object([.. _fields, ("total_generations", Integer), ("newest_image_url", Anything)]))), ("has_more", Flag), ("next_cursor", Anything)),
                $$"""{"sessions":[{ {{Fields}},"total_generations":3,"newest_image_url":"/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content"}],"has_more":false,"next_cursor":null}"""),
            Errors = [ErrorCodes.SessionNotFound],
        },
        new("GET", "/api/sessions/{id}", "getSession", "A session with its pictures, oldest first", GetAsync) { Tag = Tag, Access = ApiAccess.Read, Answer = _one, Errors = [ErrorCodes.SessionNotFound] },
        new("POST", "/api/sessions/{id}/images", "createSessionImage", "The next turn of a session", TurnAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            StartsJob = true,
            About = "Goes on from the newest picture, or from the one that from_image_id names: so a conversation branches.",
            Body = ImageParams.Turn,
            Answer = ImageRoutes.Row,
            Errors = [ErrorCodes.SessionNotFound, ErrorCodes.SessionClosed, ErrorCodes.SessionExpired, ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge],
        },
        new("POST", "/api/sessions/{id}/close", "closeSession", "End a session; its pictures are kept", CloseAsync) { Tag = Tag, Access = ApiAccess.Create, Answer = _one, Errors = [ErrorCodes.SessionNotFound] },
    ];

    private async Task CreateAsync(ApiCall call)
    {
        var given = call.Arguments;
        var draft = new SessionDraft { Description = given.Text("description"), Model = given.TextOrNull("model"), Name = given.TextOrNull("session_name") };
        var session = given.TextOrNull("from_image") is { } picture
            ? (await sessions.PromoteAsync(call.Caller, picture, draft, call.Cancel)).Session
            : await sessions.CreateAsync(call.Caller, draft, call.Cancel);
        await AnswerAsync(call, new SessionView(session, SessionState.Active, [], []));
    }

    private async Task ListAsync(ApiCall call)
    {
        var given = call.Arguments;
        var page = given.Text("state") == Ended
            ? await sessions.ListEndedAsync(call.Caller, given.TextOrNull("cursor"), (int)given.Integer("limit"), call.Cancel)
            : new SessionPage(await sessions.ListAsync(call.Caller, call.Cancel), HasMore: false);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            ApiJson.WriteList(json, "sessions", page.Sessions, WriteSummary);
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteString("next_cursor", page.HasMore ? page.Sessions[^1].Session.Id.ToString() : null);
            json.WriteEndObject();
        });
    }

    private void WriteSummary(Utf8JsonWriter json, SessionSummary summary)
    {
        json.WriteStartObject();
        Write(json, summary.Session, sessions.StateOf(summary.Session));
        json.WriteNumber("total_generations", summary.Pictures);
        json.WriteString("newest_image_url", summary.Newest is { } newest ? ImageRow.Url(newest, index: 0) : null);
        json.WriteEndObject();
    }

    private async Task GetAsync(ApiCall call) => await AnswerAsync(call, await sessions.GetAsync(call.Caller, call.Id, call.Cancel));

    /// <summary>Not with the request's token: a client that hangs up must not leave a create half done.</summary>
    private async Task TurnAsync(ApiCall call)
    {
        var created = await sessions.TurnAsync(call.Caller, call.Id, ImageParams.Draft(call), CancellationToken.None);
        await call.AnswerAsync(json => ImageRow.Write(json, created.Job, created.AlreadyThere));
    }

    private async Task CloseAsync(ApiCall call) => await AnswerAsync(call, await sessions.CloseAsync(call.Caller, call.Id, call.Cancel));

    private static Task AnswerAsync(ApiCall call, SessionView view) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        Write(json, view.Session, view.State);
        ApiJson.WriteList(json, "images", view.Turns, (json, job) => ImageRow.Write(json, job));
        ApiJson.WriteList(json, "pending", view.Pending, (json, job) => ImageRow.Write(json, job));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ImageSession session, SessionState state)
    {
        json.WriteString("session_id", session.Id.ToString());
        json.WriteString("status", SessionParams.Word(state));
        json.WriteString("session_name", session.Name);
        json.WriteString("description", session.Description);
        json.WriteString("model", session.Model);
        JobView.WriteTime(json, "created_at", session.CreatedAt);
        JobView.WriteTime(json, "last_activity", session.UsedAt);
    }
}
