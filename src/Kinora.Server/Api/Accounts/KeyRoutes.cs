using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Accounts;

/// <summary>One's own API keys. Only a sign-in makes or ends them: a key never widens or outlives itself.</summary>
internal sealed class KeyRoutes(ApiKeys keys) : IApiRoutes
{
    private const string Tag = "API keys";
    private const string Example = """{"id":"key_0123456789abcdef0123456789abcdef","name":"laptop","scopes":["read","create"],"creates_per_minute":null,"daily_budget_usd":5,"monthly_budget_usd":null,"created_at":1795284000,"last_used_at":null,"revoked_at":null}""";

    private static readonly (string, Shape)[] _fields =
        [("id", Text), ("name", Text), ("scopes", List(Text)), ("creates_per_minute", Anything), ("daily_budget_usd", Anything), ("monthly_budget_usd", Anything), ("created_at", Integer), ("last_used_at", Anything), ("revoked_at", Anything)];

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/keys", "listKeys", "Your API keys, without their secrets", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.SignedIn,
            Answer = new ApiAnswer(Schema.Shape.Object(("keys", List(Schema.Shape.Object(_fields)))), $$"""{"keys":[{{Example}}]}"""),
        },
        new("POST", "/api/keys", "createKey", "Make an API key; its secret is shown this once", CreateAsync)
        {
            Tag = Tag,
            Access = ApiAccess.SignedIn,
            Body = new ApiBody(
                new TextParam("name") { Required = true, MaxLength = ApiKeys.LongestName },
                new TextListParam("scopes", new TextParam("scope") { Choices = KeyScopeWords.All }, KeyScopeWords.All.Count) { About = "Unset: read and create. admin is for admins" },
                new IntegerParam("creates_per_minute", 1, KeyLimits.MostCreatesPerMinute) { About = "How many creates this key may ask for; unset: as many as you" },
                Budget("daily"), Budget("monthly"))
            {
                Example = """{"name":"laptop","scopes":["read","create"],"daily_budget_usd":5}""",
            },
            Answer = new ApiAnswer(Schema.Shape.Object([.. _fields, ("key", Text)]), Example[..^1] + ""","key":"kin_…"}"""),
            Errors = [ErrorCodes.LimitReached, ErrorCodes.RoleMissing],
        },
        new("DELETE", "/api/keys/{id}", "revokeKey", "End an API key for ever", RevokeAsync)
        {
            Tag = Tag,
            Access = ApiAccess.SignedIn,
            About = "Counts within 5 seconds everywhere.",
            Answer = AuthRoutes.Success,
            Errors = [ErrorCodes.NotFound],
        },
    ];

    private static NumberParam Budget(string span) => new(span + "_budget_usd", 0, KeyLimits.MostUsd)
    {
        About = $"US dollars that may be spent with this key by UTC {(span == "daily" ? "day" : "month")}, beside your own budget",
    };

    private async Task ListAsync(ApiCall call)
    {
        var mine = await keys.ListAsync(call.Caller.UserId, call.Cancel);
        await call.AnswerListAsync("keys", mine, (json, key) => KeyRow.Write(json, key, secret: null, withUser: false));
    }

    private async Task CreateAsync(ApiCall call)
    {
        var words = call.Arguments.Texts("scopes");
        var scopes = words.Count == 0 ? KeyScopes.Read | KeyScopes.Create : KeyScopeWords.Parse(string.Join(',', words));
        if (!call.Identity.Allows(scopes))
        {
            throw new KinoraException(ErrorCodes.RoleMissing, "Only an admin may have a key with the scope admin.");
        }

        var limits = new KeyLimits(
            (int?)call.Arguments.IntegerOrNull("creates_per_minute"), call.Arguments.NumberOrNull("daily_budget_usd"), call.Arguments.NumberOrNull("monthly_budget_usd"));
        var made = await keys.CreateAsync(call.Caller.UserId, call.Arguments.Text("name"), scopes, limits, call.Cancel);
        await call.AnswerAsync(json => KeyRow.Write(json, made.Key, made.Secret, withUser: false));
    }

    private async Task RevokeAsync(ApiCall call)
    {
        await keys.RevokeAsync(call.Id, call.Caller.UserId, call.Cancel);
        await call.AnswerAsync(AccountRow.WriteSuccess);
    }
}
