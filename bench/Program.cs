using Forum.Bench;

return await BenchCommands.Run(args);
