using System.Text.Json;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Server.Schema;
using Kinora.Server.Security;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Accounts;

/// <summary>Signing in and out, and one's own password.</summary>
internal sealed class AuthRoutes(AccountService accounts, SignInTokens tokens) : IApiRoutes
{
    private const string Tag = "Sign-in";
    private const string UserExample = AccountRow.Example;

    private static readonly TextParam _any = new("any") { MaxLength = 4_000, MinLength = 0 };

    public IEnumerable<ApiOperation> Operations =>
    [
        new("POST", "/api/auth/login", "signIn", "Get a token for a name and password", SignInAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Anybody,
            About = "Send the token as Authorization: Bearer. With cookie true it comes as an HttpOnly cookie instead, for pages of this server, and the answer holds none.",
            Body = new ApiBody(_any with { Name = "username" }, _any with { Name = "password" }, new FlagParam("cookie"))
            {
                Form = true,
                Example = """{"username":"admin","password":"correct horse battery"}""",
            },
            Answer = new ApiAnswer(
                Schema.Shape.Object(("token?", Text), ("user", AccountRow.Shape), ("expires_at", Integer)),
                $$"""{"token":"eyJhbGciOiJIUzI1NiIs…","user":{{UserExample}},"expires_at":1795888800}"""),
            Errors = [ErrorCodes.InvalidCredentials],
        },
        new("POST", "/api/auth/logout", "signOut", "End this token, or all", SignOutAsync)
        {
            Tag = Tag,
            Access = ApiAccess.SignedIn,
            BeforePassword = true,
            About = "Counts within 5 seconds everywhere, open sockets included. With everywhere true all tokens of the user end.",
            Body = new ApiBody(new FlagParam("everywhere")) { Example = """{"everywhere":false}""" },
            Answer = Success,
        },
        new("GET", "/api/auth/me", "getMe", "Who you are, and what you may spend", MeAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            BeforePassword = true,
            Answer = new ApiAnswer(
                Schema.Shape.Object(("user", AccountRow.Shape), ("scopes", List(Text)), ("expires_at?", Integer)),
                $$"""{"user":{{UserExample}},"scopes":["read","create","admin"],"expires_at":1795888800}"""),
        },
        ChangePassword("/api/auth/change-password", "changePassword"),
        ChangePassword("/api/admin/change-password", "changePasswordAsOriginal") with { About = "The original's address of the same." },
    ];

    public static ApiAnswer Success { get; } = new(Schema.Shape.Object(("success", Flag)), """{"success":true}""");

    private ApiOperation ChangePassword(string path, string name) => new("POST", path, name, "Choose another password", ChangePasswordAsync)
    {
        Tag = Tag,
        Access = ApiAccess.SignedIn,
        BeforePassword = true,
        About = "8 to 128 characters. All tokens end; the answer holds a new one, or the cookie is set anew. Somebody who came by the one-time secret leaves the current password out.",
        Body = new ApiBody(
            _any with { Name = "currentPassword" }, _any with { Name = "newPassword" }, _any with { Name = "current_password" }, _any with { Name = "new_password" })
        {
            Form = true,
            Example = """{"currentPassword":"correct horse battery","newPassword":"a better horse battery"}""",
        },
        Answer = new ApiAnswer(
            Schema.Shape.Object(("success", Flag), ("message", Text), ("token?", Text), ("expires_at", Integer)),
            """{"success":true,"message":"Password changed","token":"eyJhbGciOiJIUzI1NiIs…","expires_at":1795888800}"""),
        Errors = [ErrorCodes.InvalidCredentials],
    };

    private async Task SignInAsync(ApiCall call)
    {
        var given = call.Arguments;
        var account = await accounts.SignInAsync(given.TextOrNull("username"), given.TextOrNull("password"), AddressOf(call.Context), call.Cancel);
        var cookie = given.Flag("cookie");
        var (token, says) = Give(call.Context, account, cookie);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            WriteToken(json, token, says, cookie);
            json.WritePropertyName("user");
            AccountRow.Write(json, account);
            json.WriteEndObject();
        });
    }

    private async Task SignOutAsync(ApiCall call)
    {
        await accounts.RevokeTokenAsync(call.SignIn.Token.Id, call.SignIn.Token.ExpiresAt, CancellationToken.None);
        if (call.Arguments.Flag("everywhere"))
        {
            await accounts.EndTokensAsync(call.SignIn.Account.Id, CancellationToken.None);
        }

        if (call.Identity.ByCookie)
        {
            call.Context.Response.Cookies.Delete(Identities.Cookie, CookieOf(call.Context, null));
        }

        await call.AnswerAsync(AccountRow.WriteSuccess);
    }

    private async Task MeAsync(ApiCall call)
    {
        var account = await accounts.FindAsync(call.Caller.UserId, call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("user");
            if (account is null)
            {
                AccountRow.WriteUnnamed(json, call.Caller.UserId);
            }
            else
            {
                AccountRow.Write(json, account);
            }

            json.WriteStartArray("scopes");
            foreach (var word in call.Identity.Scopes.Words())
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            if (call.Identity.SignIn is { } signIn)
            {
                json.WriteNumber("expires_at", signIn.Token.ExpiresAt.ToUnixTimeSeconds());
            }

            json.WriteEndObject();
        });
    }

    private async Task ChangePasswordAsync(ApiCall call)
    {
        var given = call.Arguments;
        var (current, next) = (given.TextOrNull("currentPassword") ?? given.TextOrNull("current_password"), given.TextOrNull("newPassword") ?? given.TextOrNull("new_password"));
        var account = await accounts.ChangePasswordAsync(call.SignIn.Account.Id, current, next, AddressOf(call.Context), call.Cancel);
        var (token, says) = Give(call.Context, account, call.Identity.ByCookie);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("message", "Password changed");
            WriteToken(json, token, says, call.Identity.ByCookie);
            json.WriteEndObject();
        });
    }

    private (string Token, SignInToken Says) Give(HttpContext context, Account account, bool cookie)
    {
        var (token, says) = tokens.Issue(account);
        if (cookie)
        {
            context.Response.Cookies.Append(Identities.Cookie, token, CookieOf(context, says.ExpiresAt));
        }

        return (token, says);
    }

    /// <summary>A token that came as a cookie is not told to scripts.</summary>
    private static void WriteToken(Utf8JsonWriter json, string token, SignInToken says, bool cookie)
    {
        if (!cookie)
        {
            json.WriteString("token", token);
        }

        json.WriteNumber("expires_at", says.ExpiresAt.ToUnixTimeSeconds());
    }

    private static CookieOptions CookieOf(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        // A proxy that ends https asks us by http: the page's origin tells what the browser speaks.
        Secure = context.Request.IsHttps || context.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase),
        Path = "/",
        Expires = expires,
    };

    /// <summary>Of the peer; a proxy's word for it counts only where the operator trusts that proxy.</summary>
    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
