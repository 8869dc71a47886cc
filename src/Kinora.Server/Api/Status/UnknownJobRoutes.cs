using System.Text.Json;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Status;

/// <summary>Jobs of unknown fate, for admins: what <c>kinora jobs</c> does at the shell.</summary>
internal sealed class UnknownJobRoutes(UnknownJobs unknown) : IApiRoutes
{
    private const string Tag = "Unknown jobs";
    private const int Most = 1_000;

    private const string Example = """
        {"id":"video_550e8400e29b41d4a716446655440000","owner":"local","submitted_at":1795284100,"prompt":"A paper boat sails down a rainy street",
        "kinora":{"stage":"submission_unknown","reason":"It was sent, but no answer proves what became of it.","provider":"xai","model":"xai/grok-imagine-video-1.5","operation":"create","estimated_usd":0.4,"charged_usd":null,"warnings":[],"files":[]}}
        """;

    private static readonly Shape _row = Schema.Shape.Object(("id", Text), ("owner", Text), ("submitted_at", Anything), ("prompt", Text), ("kinora", JobExtras.Shape));

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/admin/jobs/unknown", "listUnknownJobs", "Jobs that were sent and of which no answer proves what became of them", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Admin,
            About = $"Of every owner, newest first, at most {Most}. Also those that their owners have deleted. They stay reserved against the budgets, and are never sent again by themselves.",
            Answer = new ApiAnswer(Schema.Shape.Object(("jobs", List(_row))), $$"""{"jobs":[{{Example}}]}"""),
        },
        new("POST", "/api/admin/jobs/{id}/resolve", "resolveUnknownJob", "Say what became of one, as the account at the provider shows it", ResolveAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Admin,
            About = "Either lost (it has failed and nothing was charged) or remote_id (it goes on from there, if the provider knows that id and no other job has it; a deleted one is its owner's again). Nothing is sent again.",
            Body = new ApiBody(new FlagParam("lost"), new TextParam("remote_id") { MaxLength = 512 }) { Example = """{"lost":true}""" },
            Answer = new ApiAnswer(_row, Example),
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest, ErrorCodes.ProviderNotAllowed],
        },
    ];

    private async Task ListAsync(ApiCall call) => await call.AnswerListAsync("jobs", await unknown.ListAsync(Most, call.Cancel), Write);

    private async Task ResolveAsync(ApiCall call)
    {
        var (lost, remoteId) = (call.Arguments.Flag("lost"), call.Arguments.TextOrNull("remote_id"));
        if (lost == (remoteId is not null))
        {
            throw KinoraException.Invalid([new Fault("lost", "Look into the account at the provider, and give either lost: true or remote_id.")]);
        }

        var job = remoteId is null ? await unknown.LostAsync(call.Id, call.Cancel) : await unknown.FoundAsync(call.Id, remoteId, call.Cancel);
        await call.AnswerAsync(json => Write(json, job));
    }

    private static void Write(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        json.WriteString("id", job.PublicId);
        json.WriteString("owner", job.Owner);
        if (job.SubmittedAt is { } sent)
        {
            json.WriteNumber("submitted_at", sent.ToUnixTimeSeconds());
        }
        else
        {
            json.WriteNull("submitted_at");
        }

        json.WriteString("prompt", job.Request.Prompt);
        JobExtras.Write(json, job, deduplicated: false);
        json.WriteEndObject();
    }
}
