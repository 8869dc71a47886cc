using System.CommandLine;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Sessions;

namespace Kinora.Server.Commands;

/// <summary>Conversations about pictures.</summary>
internal static class SessionCommand
{
    public static Command Build() =>
        new("session", "Conversations in which each picture goes on from the one before")
        {
            BuildNew(),
            BuildList(),
            BuildShowing("show", "Show a session and its pictures", (sessions, id, cancel) => sessions.GetAsync(Caller.Local, id, cancel)),
            BuildSay(),
            BuildShowing("close", "End a session; its pictures are kept", (sessions, id, cancel) => sessions.CloseAsync(Caller.Local, id, cancel)),
            BuildPromote(),
        };

    private static Command BuildNew()
    {
        var description = DescriptionArgument();
        var name = NameOption();
        var model = new Option<string?>("--model") { Description = "Model id or alias (`kinora models`)", HelpName = "MODEL" };
        var command = new Command("new", "Begin a session") { description, name, model };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var draft = new SessionDraft { Description = PromptText.Read(parsed.GetValue(description))!, Name = parsed.GetValue(name), Model = parsed.GetValue(model) };
            Began(context, await context.Host.Get<SessionService>().CreateAsync(Caller.Local, draft, cancel));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildList()
    {
        var command = new Command("list", "List the sessions that are neither closed nor expired, last used first");
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var active = await context.Host.Get<SessionService>().ListAsync(Caller.Local, cancel);
            context.Answer(SessionText.Table(active), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var summary in active)
                {
                    SessionText.Write(json, summary.Session, SessionState.Active, summary.Pictures);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildSay()
    {
        var id = IdArgument();
        var picture = new PictureOptions();
        var make = new MakeCommand(choosesModel: false);
        var command = new Command("say", "Make a session's next picture, wait for it and save it") { id };
        picture.AddTo(command);
        make.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) =>
            make.RunAsync(context, parsed, picture.Read(parsed, make.OutFile(parsed)), cancel, parsed.GetValue(id)!)));
        return command;
    }

    /// <summary>A command that does one thing to a session, or nothing, and shows it.</summary>
    private static Command BuildShowing(string name, string about, Func<SessionService, string, CancellationToken, Task<SessionView>> act)
    {
        var id = IdArgument();
        var command = new Command(name, about) { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var view = await act(context.Host.Get<SessionService>(), parsed.GetValue(id)!, cancel);
            context.Answer(SessionText.Describe(view), json => SessionText.Write(json, view));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildPromote()
    {
        var picture = new Argument<string>("image") { Description = "Id of an image, or its file in the workspace" };
        var description = DescriptionArgument();
        var name = NameOption();
        var command = new Command("promote", "Begin a session that goes on from a picture made here") { picture, description, name };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var draft = new SessionDraft { Description = PromptText.Read(parsed.GetValue(description))!, Name = parsed.GetValue(name) };
            var chosen = InWorkspace(context, parsed.GetValue(picture)!);
            Began(context, (await context.Host.Get<SessionService>().PromoteAsync(Caller.Local, chosen, draft, cancel)).Session);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Began(CliContext context, ImageSession session)
    {
        context.Answer(session.Id.ToString(), json => SessionText.Write(json, session, SessionState.Active, pictures: 0));
        CliContext.Say($"To make a picture in it:  kinora session say {session.Id} PROMPT");
    }

    /// <summary>A path of a file that lies in the workspace folder, as its name there; anything else as it is.</summary>
    private static string InWorkspace(CliContext context, string text)
    {
        var root = context.Host.Get<UserFolders>().Workspace.Path.TrimEnd('/') + "/";
        var path = Path.GetFullPath(text);
        return File.Exists(text) && path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : text;
    }

    private static Argument<string> IdArgument() => new("id") { Description = "Id of a session" };

    private static Argument<string> DescriptionArgument() =>
        new("description") { Description = "What holds for every picture of it: style, colours, who is in it; - reads it from stdin" };

    private static Option<string?> NameOption() => new("--name") { Description = "A name for lists", HelpName = "NAME" };
}
