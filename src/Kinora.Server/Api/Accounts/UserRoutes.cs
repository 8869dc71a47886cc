using System.Text.Json;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Accounts;

/// <summary>Everybody's accounts, for admins.</summary>
internal sealed class UserRoutes(AccountService accounts, IJobStore jobs) : IApiRoutes
{
    private const string Tag = "Users";

    private static readonly TextParam _text = new("text") { MaxLength = 4_000, MinLength = 0 };
    private static readonly ApiAnswer _one = new(Schema.Shape.Object(("success", Flag), ("user", AccountRow.Shape)), $$"""{"success":true,"user":{{AccountRow.Example}}}""");

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/admin/users", "listUsers", "All accounts", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Admin,
            Answer = new ApiAnswer(Schema.Shape.Object(("users", List(AccountRow.Shape))), $$"""{"users":[{{AccountRow.Example}}]}"""),
        },
        new("POST", "/api/admin/users", "addUser", "Make an account", AddAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Admin,
            Body = new ApiBody(_text with { Name = "username" }, _text with { Name = "password" }, new TextParam("role") { Choices = ["user", "admin"], Default = "user" }, Budget("daily"), Budget("monthly"))
            {
                Form = true,
                Example = """{"username":"ann","password":"correct horse battery","role":"user","monthly_budget_usd":50}""",
            },
            Answer = _one,
            Errors = [ErrorCodes.UserExists],
        },
        new("PATCH", "/api/admin/users/{id}", "changeUser", "Change an account", ChangeAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Admin,
            About = "What is left out stays. A budget of -1 means no limit. Disabling or a new password ends all tokens and sockets within 5 seconds. The last admin stays one.",
            Body = new ApiBody(
                new TextParam("role") { Choices = ["user", "admin"] }, new FlagParam("disabled") { Default = null }, _text with { Name = "password" }, Budget("daily"), Budget("monthly"))
            {
                Example = """{"disabled":true}""",
            },
            Answer = _one,
            Errors = [ErrorCodes.NotFound, ErrorCodes.LimitReached],
        },
        new("GET", "/api/admin/costs", "listCosts", "What each user has spent, and has reserved", CostsAsync)
        {
            Tag = "Costs",
            Access = ApiAccess.Admin,
            Query = [new IntegerParam("since", 0, 253_402_300_799) { Default = 0, About = "Unix seconds; jobs made before are left out" }],
            Answer = new ApiAnswer(
                Schema.Shape.Object(("users", List(Schema.Shape.Object(("user_id", Text), ("username?", Text), ("total", Number), ("reserved", Number), ("completed", Integer))))),
                """{"users":[{"user_id":"local","username":"admin","total":1.6,"reserved":0.8,"completed":2}]}"""),
        },
    ];

    private static NumberParam Budget(string span) => new(span + "_budget_usd", -1, 1_000_000_000) { About = "US dollars by UTC " + (span == "daily" ? "day" : "month") };

    private async Task ListAsync(ApiCall call)
    {
        var all = await accounts.ListAsync(call.Cancel);
        await call.AnswerListAsync("users", all, AccountRow.Write);
    }

    private async Task AddAsync(ApiCall call)
    {
        var given = call.Arguments;
        var account = await accounts.AddAsync(
            given.TextOrNull("username"), given.TextOrNull("password"), Roles.Parse(given.Text("role")), Limit(given, "daily_budget_usd"), Limit(given, "monthly_budget_usd"), call.Cancel);
        await AnswerAsync(call, account);
    }

    private async Task ChangeAsync(ApiCall call) => await AnswerAsync(call, await accounts.UpdateAsync(call.Id, Change(call.Arguments), call.Cancel));

    private static AccountChange Change(GivenArguments given) => new()
    {
        Role = given.TextOrNull("role") is { } role ? Roles.Parse(role) : null,
        Disabled = given.Has("disabled") ? given.Flag("disabled") : null,
        Password = given.TextOrNull("password"),
        SetDailyBudget = given.Has("daily_budget_usd"),
        DailyBudgetUsd = Limit(given, "daily_budget_usd"),
        SetMonthlyBudget = given.Has("monthly_budget_usd"),
        MonthlyBudgetUsd = Limit(given, "monthly_budget_usd"),
    };

    private static decimal? Limit(GivenArguments given, string name) => given.NumberOrNull(name) is { } usd and >= 0 ? usd : null;

    private static Task AnswerAsync(ApiCall call, Account account) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WritePropertyName("user");
        AccountRow.Write(json, account);
        json.WriteEndObject();
    });

    private async Task CostsAsync(ApiCall call)
    {
        var names = (await accounts.ListAsync(call.Cancel)).ToDictionary(a => a.Id, a => a.Username, StringComparer.Ordinal);
        var spent = await jobs.SpendByOwnerAsync(DateTimeOffset.FromUnixTimeSeconds(call.Arguments.Integer("since")), call.Cancel);
        await call.AnswerListAsync("users", spent, (json, one) => Write(json, one.Owner, names.GetValueOrDefault(one.Owner), one.Spend));
    }

    private static void Write(Utf8JsonWriter json, string owner, string? name, Spend spend)
    {
        json.WriteStartObject();
        json.WriteString("user_id", owner);
        if (name is not null)
        {
            json.WriteString("username", name);
        }

        json.WriteNumber("total", spend.SettledUsd);
        json.WriteNumber("reserved", spend.ReservedUsd);
        json.WriteNumber("completed", spend.Completed);
        json.WriteEndObject();
    }
}
