using System.Text.Json;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;

namespace Kinora.Server.Api;

/// <summary>What the operations on videos and on images have in common.</summary>
internal static class JobRoutes
{
    public const int MostRows = 100;

    /// <summary>Behind it pages are reached by cursor: counting off rows costs time with every one of them.</summary>
    private const int LargestOffset = 1_000_000;

    /// <summary>How long a delete waits for a job to be stopped before it says that the job is still open.</summary>
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Param> ListParams { get; } =
    [
        new IntegerParam("limit", 1, MostRows) { Default = 50 },
        new IntegerParam("offset", 0, LargestOffset) { Default = 0 },
        new TextParam("cursor") { MaxLength = 60, About = "next_cursor of the page before; wins over offset" },
        new TextParam("status") { Choices = ["queued", "in_progress", "completed", "failed"] },
        new TextParam("model") { MaxLength = 200, About = "An id, or an alias: then all jobs of the model that it stands for now" },
        new TextParam("q") { MaxLength = 200, About = "Part of the prompt" },
    ];

    /// <exception cref="KinoraException">The cursor is none.</exception>
    public static async Task<JobQuery> QueryAsync(ApiCall call, MediaKind kind, ModelCatalog catalog)
    {
        var given = call.Arguments;
        JobId after = default;
        if (given.TextOrNull("cursor") is { } cursor && !JobId.TryParse(cursor, out after))
        {
            throw KinoraException.Invalid([new Fault("cursor", "That is no cursor. Take next_cursor of the page before, or leave it out.")]);
        }

        return new JobQuery(null, (int)given.Integer("limit"), given.Has("cursor") ? after : null)
        {
            Kind = kind,
            Offset = given.Has("cursor") ? 0 : (int)given.Integer("offset"),
            PublicStatus = given.TextOrNull("status"),
            Model = given.TextOrNull("model") is { } model ? await MeantAsync(model, kind, catalog, call.Cancel) : null,
            WithFiles = true,
            Text = given.TextOrNull("q"),
        };
    }

    /// <summary>Jobs are stored under the model that makes them; rows show the alias that was asked for.</summary>
    private static async Task<string> MeantAsync(string model, MediaKind kind, ModelCatalog catalog, CancellationToken cancel) =>
        (await catalog.AliasesAsync(kind, cancel)).FirstOrDefault(a => a.Name == model)?.Model ?? model;

    /// <summary>What <see cref="AnswerPageAsync"/> answers.</summary>
    /// <param name="example">Of one row.</param>
    public static ApiAnswer PageOf(string name, Shape row, string example) => new(
        Shape.Object((name, Shape.List(row)), ("limit", Shape.Integer), ("offset", Shape.Integer), ("has_more", Shape.Flag), ("next_cursor", Shape.Anything)),
        $$"""{"{{name}}":[{{example}}],"limit":50,"offset":0,"has_more":false,"next_cursor":null}""");

    /// <param name="name">Of the list.</param>
    public static Task AnswerPageAsync(ApiCall call, JobQuery query, JobPage page, string name, Action<Utf8JsonWriter, Job> row) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        ApiJson.WriteList(json, name, page.Jobs, row);
        json.WriteNumber("limit", query.Limit);
        json.WriteNumber("offset", query.Offset);
        json.WriteBoolean("has_more", page.HasMore);
        json.WriteString("next_cursor", page.HasMore ? page.Jobs[^1].Id.Uuid : null);
        json.WriteEndObject();
    });

    /// <summary>Answers as the original does.</summary>
    public static async Task DeleteAsync(GenerationService generation, ApiCall call, Job job)
    {
        if (!job.Status.IsFinal() && call.Arguments.Flag("cancel_first"))
        {
            await generation.StopAsync(call.Caller, call.Id, _longestStop, call.Cancel);
        }

        await generation.DeleteAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteEndObject();
        });
    }

    /// <summary>What every create can say about money and repeats.</summary>
    public static GenerationDraft Safely(ApiCall call, GenerationDraft draft) => draft with
    {
        MaxCostUsd = call.Arguments.NumberOrNull("max_cost_usd"),
        IdempotencyKey = call.IdempotencyKey,
    };

    /// <summary>A picture for a video or to be changed: a file, or one of the forms of text.</summary>
    public static ImageSource? Picture(ApiCall call, string name) =>
        call.File(name)
        ?? (call.Arguments.TextOrNull(name) is { } text ? ImageId.TryParse(text, out _) ? new ImageSource.Made(name, text) : new ImageSource.Encoded(name, text)
            : call.Arguments.TextOrNull(name + "_url") is { } url ? new ImageSource.Link(name + "_url", url)
            : call.Arguments.TextOrNull(name + "_filename") is { } file ? new ImageSource.FolderFile(name + "_filename", file)
            : null);
}
