using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;

namespace Kinora.Server.Tests.Pages;

/// <summary>A window with the page in it. Closing it fails when the page has complained: faults of script, refusals by the content policy, anything on the console.</summary>
public sealed class Studio : IAsyncDisposable
{
    private static readonly Lazy<string> _axe = new(() => File.ReadAllText(Path.Combine(RepositoryRoot, "web/node_modules/axe-core/axe.min.js")));

    private readonly IBrowserContext _context;
    private readonly string _url;
    private readonly List<string> _complaints = [];

    private Studio(IBrowserContext context, IPage page, string url) => (_context, Page, _url) = (context, page, url);

    public IPage Page { get; private set; }

    /// <summary>The videos that the library shows.</summary>
    public ILocator Cards => Page.Locator("article[data-video]");

    /// <summary>What the page may say because the test brings it about, such as a server that is gone.</summary>
    public List<string> Expected { get; } =
    [
        // Who opens the page without being signed in is asked who he is.
        "401 (Unauthorized)",
    ];

    private static string RepositoryRoot
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return folder;
        }
    }

    public static async Task<Studio> OpenAsync(IBrowserContext context, string url)
    {
        context.SetDefaultTimeout(30_000);
        var studio = new Studio(context, null!, url);
        studio.Page = await studio.NewTabAsync();
        return studio;
    }

    /// <summary>Another tab of the same window, listened to as the first.</summary>
    public async Task<IPage> NewTabAsync()
    {
        var page = await _context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add("page error: " + error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_url, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _complaints.Add("a request to elsewhere: " + request.Url);
            }
        };
        return page;
    }

    public Task GoAsync(string path) => Page.GotoAsync(_url + path);

    /// <summary>Signs in as the form does, without the form.</summary>
    public async Task SignInByApiAsync(string name, string password)
    {
        var reply = await _context.APIRequest.PostAsync(_url + "/api/auth/login", Json(new { username = name, password, cookie = true }));
        reply.Status.ShouldBe(200, await reply.TextAsync());
    }

    /// <summary>Makes a video without the form, and waits for its end.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> MadeAsync(string prompt)
    {
        var id = await BegunAsync(prompt);
        JsonElement row;
        do
        {
            row = await RowAsync(id);
            await Task.Yield();
        }
        while (row.GetProperty("status").GetString() is "queued" or "in_progress");

        row.GetProperty("status").GetString().ShouldBe("completed", row.ToString());
        return id;
    }

    /// <summary>Begins to make a video without the form.</summary>
    public async Task<string> BegunAsync(string prompt, string seconds = "1", string size = "320x180")
    {
        return (await PostAsync("/api/videos", new { prompt, seconds, size })).GetProperty("id").GetString()!;
    }

    /// <summary>Asks the API for something as the page would.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var reply = await _context.APIRequest.PostAsync(_url + path, Json(body));
        reply.Ok.ShouldBeTrue(await reply.TextAsync());
        return (await reply.JsonAsync())!.Value;
    }

    public async Task<JsonElement> RowAsync(string id) => (await (await _context.APIRequest.GetAsync($"{_url}/api/videos/{id}")).JsonAsync())!.Value;

    public async Task<int> StatusOfAsync(string path) => (await _context.APIRequest.GetAsync(_url + path)).Status;

    /// <summary>No serious fault of accessibility on the page as it stands.</summary>
    public async Task ShouldBeAccessibleAsync()
    {
        // Colours that are just changing are nobody's choice: a theme fades in.
        await Page.EvaluateAsync(
            """
            async () => {
              await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
              const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
              await Promise.allSettled(ending.map((one) => one.finished));
            }
            """);
        await Page.EvaluateAsync(_axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))");
        found.EnumerateArray().Select(v => v.GetString()).ShouldBeEmpty($"at {Page.Url}");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _complaints.Where(c => !Expected.Any(e => c.Contains(e, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private APIRequestContextOptions Json(object body) => new() { DataObject = body, Headers = new Dictionary<string, string> { ["Origin"] = _url } };
}
