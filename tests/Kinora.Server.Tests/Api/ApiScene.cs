using System.Net.Http.Headers;
using System.Text;
using Kinora.Accounts;
using Kinora.Configuration;
using Kinora.Generation;
using Kinora.Server.Api;
using Kinora.Server.Configuration;
using Kinora.Server.Security;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>
/// <c>kinora serve</c> with an admin, and the same product in this process on its data folder: for arranging what would take long over HTTP, or what nobody
/// could bring about there.
/// </summary>
public sealed class ApiScene : IAsyncLifetime
{
    public const string AdminPassword = "correct horse battery";
    public const string Password = "six horses in a song";

    private readonly KinoraProgram _kinora = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
    private ServedProduct _served = null!;
    private int _users;

    public ApiScene()
    {
        _kinora.Environment["KINORA_ADMIN_PASSWORD"] = AdminPassword;
        _kinora.Environment["KINORA__Webhooks__TrustedHosts"] = "127.0.0.1";
        _kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = "0";
    }

    internal KinoraProgram Kinora => _kinora;

    internal KinoraHost Host { get; private set; } = null!;

    internal IReadOnlyList<ApiOperation> Operations { get; private set; } = [];

    internal AccountService Accounts => Host.Get<AccountService>();

    public Uri Url => new(_served.Url[..^"/mcp".Length]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        Host = OpenHost();
        Operations = new ApiSurface(Host.Services).Operations;
    }

    public async Task StartAsync()
    {
        _served = new ServedProduct(_kinora);
        await _served.StartAsync();
    }

    /// <summary>Kills the server as kill -9 does, and starts another.</summary>
    public async Task RestartAsync()
    {
        await _served.DisposeAsync();
        await StartAsync();
    }

    internal KinoraHost OpenHost()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:TrustedHosts", "127.0.0.1")]).Build();
        return KinoraHost.Open(new KinoraConfiguration(new DataFolder(_kinora.Data), settings, new Dictionary<string, string>()));
    }

    internal ApiOperation Operation(string name) => Operations.Single(o => o.Name == name);

    /// <summary>A new user.</summary>
    internal Task<Account> AddUserAsync(Role role = Role.User) => Accounts.AddAsync(FormattableString.Invariant($"user{Interlocked.Increment(ref _users)}"), Password, role, Cancel);

    internal async Task<Account> AdminAsync() => (await Host.Get<IAccountStore>().FindAsync(Account.FirstId, Cancel))!.Account;

    /// <summary>A token as signing in gives it.</summary>
    internal string TokenOf(Account account) => Host.Get<SignInTokens>().Issue(account).Token;

    internal async Task<string> KeyOfAsync(string userId, KeyScopes scopes) => (await Host.Get<ApiKeys>().CreateAsync(userId, "test", scopes, KeyLimits.None, Cancel)).Secret;

    internal Task<ApiReply> SignInAsync(string? username, string? password, bool cookie = false) =>
        PostAsync("/api/auth/login", credential: null, System.Text.Json.JsonSerializer.Serialize(new { username, password, cookie }));

    internal async Task WaitAsync(string userId, string job) => await Host.Get<GenerationService>().WaitAsync(new Caller(userId), job, _ => { }, Cancel);

    internal Task<ApiReply> GetAsync(string path, string? credential = null, params (string Name, string Value)[] headers) => SendAsync("GET", path, credential, null, headers);

    internal Task<ApiReply> PostAsync(string path, string? credential, string? json = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, credential, json, headers);

    /// <param name="json">A body; null for none.</param>
    internal Task<ApiReply> SendAsync(string method, string path, string? credential, string? json, params (string Name, string Value)[] headers) =>
        SendContentAsync(method, path, credential, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    /// <summary>A file that the caller may read.</summary>
    internal async Task<byte[]> BytesAsync(string path, string credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", credential) } };
        using var reply = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<ApiReply> SendContentAsync(string method, string path, string? credential, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path)) { Content = content };
        if (credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await ApiReply.ReadAsync(await _http.SendAsync(request, Cancel), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _served.DisposeAsync();
        await Host.DisposeAsync();
        _kinora.Dispose();
    }
}
