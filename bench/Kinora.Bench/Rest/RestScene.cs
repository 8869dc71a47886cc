using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kinora.Bench.Rest;

/// <summary>A served product with an admin, and bare servers beside it.</summary>
internal sealed class RestScene : IDisposable
{
    public const string Password = "a bench of good wood";

    private readonly ProgramScene _program = new();
    private readonly List<Process> _started = [];

    public RestScene() => _program.Set("KINORA_ADMIN_PASSWORD", Password);

    public string Data => Path.Combine(_program.Folder, "data");

    public string Database => Path.Combine(_program.Folder, "data", "kinora.db");

    public async Task<(Process Process, Uri Url)> KinoraAsync()
    {
        var served = await _program.ServeAsync(_program.Program, "serve", "--urls", "http://127.0.0.1:0");
        _started.Add(served.Process);
        return served;
    }

    /// <summary>Before the product: a provider that costs nothing, as <c>lab</c>.</summary>
    public Task StartLabAsync() => _program.StartLabAsync();

    /// <summary>A minimal API that gives one file as <c>/file</c>.</summary>
    public async Task<(Process Process, Uri Url)> BareAsync(string file)
    {
        var served = await _program.ServeAsync(Environment.ProcessPath!, "bare-http", file);
        _started.Add(served.Process);
        return served;
    }

    /// <summary>A minimal API that answers every path with the same JSON.</summary>
    public async Task<(Process Process, Uri Url)> BareAsync(byte[] answer)
    {
        var file = Path.Combine(_program.Folder, "answer.json");
        await File.WriteAllBytesAsync(file, answer);
        return await BareAsync(file);
    }

    public static async Task<HttpClient> SignInAsync(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        using var answer = await http.PostAsJsonAsync("/api/auth/login", new { username = "admin", password = Password });
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("token").GetString());
        return http;
    }

    /// <summary>A completed video, made by the built-in renderer.</summary>
    public static Task<string> MakeVideoAsync(HttpClient http) => MakeVideoAsync(http, new { prompt = "a fox", size = "320x180", seconds = "1" });

    public static async Task<string> MakeVideoAsync(HttpClient http, object request)
    {
        using var made = JsonDocument.Parse(await (await http.PostAsJsonAsync("/api/videos", request)).EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var id = made.RootElement.GetProperty("id").GetString()!;
        while (true)
        {
            using var row = JsonDocument.Parse(await http.GetStreamAsync($"/api/videos/{id}"));
            if (row.RootElement.GetProperty("status").GetString() == "completed")
            {
                return id;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>A whole GET request.</summary>
    public static byte[] Get(Uri url, string path, HttpClient? signedIn) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{url.Port}\r\n{(signedIn is null ? "" : $"Authorization: {signedIn.DefaultRequestHeaders.Authorization}\r\n")}\r\n");

    public void Stop(Process process)
    {
        process.Kill();
        // With a limit: its children may hold its output open for a while.
        process.WaitForExit(TimeSpan.FromSeconds(5));
        _started.Remove(process);
    }

    public void Dispose()
    {
        foreach (var process in _started.ToList())
        {
            Stop(process);
        }

        _program.Dispose();
    }
}
