using System.Globalization;
using System.Text.Json;
using Kinora.Budgets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Videos;

/// <summary>What something would cost, what was spent by day and model, and what is left of one's budgets.</summary>
internal sealed class SpendRoutes(ModelCatalog catalog, IJobStore jobs, ISpendLimits limits, TimeProvider time) : IApiRoutes
{
    private const string Tag = "Costs";
    private const string LeftExample = """{"daily":{"limit_usd":5,"used_usd":1.2,"left_usd":3.8},"monthly":null}""";

    private static readonly Shape _left = Schema.Shape.Object(("daily", Anything), ("monthly", Anything));

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/estimate", "getEstimate", "What something would cost, and what is left of your budgets", EstimateAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "Nothing is checked but the model and made; the same sum is reserved when it is asked for. null: the price is not known. A budget that is not set is null.",
            Query =
            [
                VideoParams.Model, new TextParam("kind") { Choices = ["video", "image"], Default = "video" },
                new TextParam("size") { MaxLength = 20, About = "WIDTHxHEIGHT; unset: the model's default" },
                new NumberParam("seconds", 0, 100_000) { About = "Unset: the model's default" },
                new IntegerParam("count", 1, 100) { Default = 1, About = "How many pictures are made" },
                new IntegerParam("inputs", 0, 100) { Default = 0, About = "How many pictures come in: frames and references" },
            ],
            Answer = new ApiAnswer(
                Schema.Shape.Object(("model", Text), ("estimated_usd", Anything), ("budgets", _left)),
                $$"""{"model":"animatic/storyboard","estimated_usd":0,"budgets":{{LeftExample}}}"""),
            Errors = [ErrorCodes.ModelNotFound],
        },
        new("GET", "/api/spend", "getSpend", "What you have spent, by UTC day and model, and what is left of your budgets", SpendAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "US dollars, as charged, else as estimated; reserved is what open jobs count. What was deleted counts on.",
            Query = [new IntegerParam("days", 1, 366) { Default = 30, About = "Today and so many less one before it" }],
            Answer = new ApiAnswer(
                Schema.Shape.Object(
                    ("since", Text), ("budgets", _left),
                    ("days", List(Schema.Shape.Object(("day", Text), ("kind", OneOf("video", "image")), ("model", Text), ("total", Number), ("reserved", Number), ("completed", Integer))))),
                $$"""{"since":"2026-10-24","budgets":{{LeftExample}},"days":[{"day":"2026-11-22","kind":"video","model":"animatic/storyboard","total":0,"reserved":0,"completed":3}]}"""),
        },
    ];

    private async Task EstimateAsync(ApiCall call)
    {
        var given = call.Arguments;
        var kind = given.Text("kind") == "image" ? MediaKind.Image : MediaKind.Video;
        var model = (await catalog.ResolveAsync(given.TextOrNull("model"), kind, call.Cancel)).Model;
        var size = given.TextOrNull("size") is not { } text ? model.Sizes?.Default
            : FrameSize.TryParse(text, out var asked) ? asked : throw KinoraException.Invalid([new Fault("size", "A size is written 1280x720.")]);
        var usd = model.Price?.Estimate(
            size, (double?)given.NumberOrNull("seconds") ?? model.Durations?.Default, (int)given.Integer("count"), (int)given.Integer("inputs"));
        var left = await LeftAsync(call);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", model.Id);
            JobView.WriteMoney(json, "estimated_usd", usd);
            Write(json, left);
            json.WriteEndObject();
        });
    }

    private async Task SpendAsync(ApiCall call)
    {
        var since = SpendLimit.DayOf(time.GetUtcNow()).AddDays(1 - call.Arguments.Integer("days"));
        var spent = await jobs.SpendByDayAsync(call.Caller.UserId, since, call.Cancel);
        var left = await LeftAsync(call);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("since", since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Write(json, left);
            ApiJson.WriteList(json, "days", spent, Write);
            json.WriteEndObject();
        });
    }

    /// <summary>Of the account; a key's own budgets are its maker's business.</summary>
    private async Task<(Left? Daily, Left? Monthly)> LeftAsync(ApiCall call)
    {
        var limit = (await limits.OfAsync(call.Caller, call.Cancel)).FirstOrDefault(l => l.KeyId is null);
        var now = time.GetUtcNow();
        return (await OneAsync(limit?.DailyUsd, SpendLimit.DayOf(now)), await OneAsync(limit?.MonthlyUsd, SpendLimit.MonthOf(now)));

        async Task<Left?> OneAsync(decimal? usd, DateTimeOffset since) =>
            usd is { } most && await jobs.SpendAsync(call.Caller.UserId, since, call.Cancel) is var spent ? new Left(most, spent.SettledUsd + spent.ReservedUsd) : null;
    }

    private static void Write(Utf8JsonWriter json, (Left? Daily, Left? Monthly) left)
    {
        json.WriteStartObject("budgets");
        Write(json, "daily", left.Daily);
        Write(json, "monthly", left.Monthly);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Left? left)
    {
        if (left is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("limit_usd", left.LimitUsd);
        json.WriteNumber("used_usd", left.UsedUsd);
        json.WriteNumber("left_usd", Math.Max(0, left.LimitUsd - left.UsedUsd));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DaySpend day)
    {
        json.WriteStartObject();
        json.WriteString("day", day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("kind", day.Kind.Word());
        json.WriteString("model", day.Model);
        json.WriteNumber("total", day.Spend.SettledUsd);
        json.WriteNumber("reserved", day.Spend.ReservedUsd);
        json.WriteNumber("completed", day.Spend.Completed);
        json.WriteEndObject();
    }

    private sealed record Left(decimal LimitUsd, decimal UsedUsd);
}
